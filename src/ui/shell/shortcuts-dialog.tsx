"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useShortcut } from "../forms/use-shortcut";

const ShortcutsList = dynamic(() => import("./shortcuts-list"), { ssr: false });

export type Shortcut = { keys: readonly string[]; label: string };

export type ShortcutGroup = { label: string; shortcuts: readonly Shortcut[] };

/** Opens the list of keys on "?". The list itself is loaded then. */
export function ShortcutsDialog({
  groups,
}: {
  groups: readonly ShortcutGroup[];
}) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  useShortcut("?", () => {
    setWanted(true);
    setOpen(true);
  });
  return isWanted ? (
    <ShortcutsList {...{ groups, isOpen }} onOpenChange={setOpen} />
  ) : null;
}

/** The keys that work on every page of the shell. */
export const commonShortcuts: readonly ShortcutGroup[] = [
  {
    label: "Everywhere",
    shortcuts: [
      { keys: ["Ctrl", "K"], label: "Search or jump to" },
      { keys: ["/"], label: "Search this list" },
      { keys: ["?"], label: "Show these keys" },
      { keys: ["Esc"], label: "Close what is open" },
    ],
  },
  {
    label: "Lists",
    shortcuts: [
      { keys: ["↑", "↓"], label: "Previous or next row" },
      { keys: ["Enter"], label: "Open the row" },
    ],
  },
  {
    label: "Forms",
    shortcuts: [{ keys: ["Ctrl", "Enter"], label: "Save" }],
  },
];
