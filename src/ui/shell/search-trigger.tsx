"use client";

import { Search } from "lucide-react";
import { Press } from "../controls/press";
import { Kbd } from "../controls/kbd";
import { useShortcut } from "../forms/use-shortcut";

export type SearchTriggerProps = { onOpen: () => void; label?: string };

/** The search of the top bar: a press or Ctrl/Cmd + K opens the command palette. */
export function SearchTrigger({
  onOpen,
  label = "Search or jump to…",
}: SearchTriggerProps) {
  useShortcut("mod+k", onOpen);
  return (
    <Press
      onPress={onOpen}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full max-w-sm min-w-0 cursor-pointer items-center gap-2 rounded-md border bg-canvas px-2.5 text-sm text-ink-faint transition-colors hover:border-line-strong hover:text-ink-muted pointer-coarse:h-11"
    >
      <Search aria-hidden className="icon" />
      <span className="min-w-0 flex-1 truncate text-left">{label}</span>
      <span aria-hidden className="hidden gap-1 sm:flex pointer-coarse:hidden">
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </span>
    </Press>
  );
}
