"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../controls/button";
import { IconButton } from "../controls/icon-button";

export type CopyButtonProps = {
  text: string;
  /** "Copy key". */
  label?: string;
  /** Shows the label beside the icon. */
  showLabel?: boolean;
  size?: "sm" | "md";
  className?: string;
};

/** Puts text on the clipboard and says so for two seconds. */
export function CopyButton({
  text,
  label = "Copy",
  showLabel = false,
  size = "sm",
  className,
}: CopyButtonProps) {
  const { isCopied, copy } = useCopy(text);
  const icon = isCopied ? <Check /> : <Copy />;
  const said = isCopied ? "Copied" : label;
  return (
    <>
      {showLabel ? (
        <Button {...{ icon, size, className }} onPress={copy}>
          {said}
        </Button>
      ) : (
        <IconButton
          {...{ icon, size, className }}
          label={said}
          onPress={copy}
        />
      )}
      <span aria-live="polite" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  );
}

/** `copy()` writes `text` to the clipboard; `isCopied` stays true for two seconds. */
export function useCopy(text: string) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  async function copy() {
    setCopied(await writeText(text));
  }
  return { isCopied, copy };
}

async function writeText(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
  }
}

/** The clipboard API is absent on plain http, where self-hosted apps often run. */
function writeBySelection(text: string) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "sr-only";
  const focused = document.activeElement;
  (document.querySelector("[role=dialog]") ?? document.body).append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isDone;
}
