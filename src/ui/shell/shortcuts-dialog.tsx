"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useShortcut } from "../forms/use-shortcut";
import { useWanted } from "../overlays/use-wanted";

const ShortcutsList = dynamic(() => import("./shortcuts-list"), { ssr: false });

/** Opens the list of keys on "?". The list itself is loaded then. */
export function ShortcutsDialog() {
  const [isOpen, setOpen] = useState(false);
  const isWanted = useWanted(isOpen);
  useShortcut("?", () => setOpen(true));
  return isWanted ? (
    <ShortcutsList isOpen={isOpen} onOpenChange={setOpen} />
  ) : null;
}
