"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useOpener, type Trigger } from "./use-opener";

const load = () => import("./popover-panel");
const PopoverPanel = dynamic(load, { ssr: false });

export type PopoverProps = {
  /** A Button or IconButton of ours; it opens the panel. */
  trigger: Trigger;
  /** Names the panel for screen readers. */
  label: string;
  children: ReactNode;
  placement?: "bottom start" | "bottom end";
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
};

/** A small panel beside its button, for settings and pickers; Esc and a press outside close it. */
export function Popover({
  trigger,
  isOpen: given,
  onOpenChange,
  ...props
}: PopoverProps) {
  const { anchor, button, isOpen, isWanted, setOpen } = useOpener(trigger, {
    popup: "dialog",
    preload: load,
    isOpen: given,
    onOpenChange,
  });
  return (
    <>
      {button}
      {isWanted ? (
        <PopoverPanel
          {...props}
          anchor={anchor}
          isOpen={isOpen}
          onOpenChange={setOpen}
        />
      ) : null}
    </>
  );
}
