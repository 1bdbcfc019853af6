"use client";

import { Check, Copy } from "lucide-react";
import { Press } from "../controls/press";
import { useCopy } from "./copy-button";

export type CopyableIdProps = {
  /** The whole id; it is what gets copied. */
  id: string;
  /** What to show when the id is too long for its place: "sk_live_…a1b2". */
  shown?: string;
  /** What the id is of, for screen readers: "customer id". */
  label?: string;
};

/** An id in Geist Mono that a press copies. */
export function CopyableId({ id, shown = id, label = "id" }: CopyableIdProps) {
  const { isCopied, copy } = useCopy(id);
  const Icon = isCopied ? Check : Copy;
  return (
    <Press
      onPress={copy}
      aria-label={`Copy ${label} ${id}`}
      className="group -mx-1 inline-flex min-h-6 max-w-[calc(100%+0.5rem)] cursor-pointer items-center gap-1 rounded-sm px-1 font-mono text-xs text-ink-muted hover:bg-muted hover:text-ink"
    >
      <span className="text-left max-sm:break-all sm:truncate">{shown}</span>
      <Icon
        aria-hidden
        className="h-3 w-3 shrink-0 text-ink-faint group-hover:text-ink"
      />
      <span aria-live="polite" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </Press>
  );
}
