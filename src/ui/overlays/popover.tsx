"use client";

import type { ReactElement, ReactNode } from "react";
import {
  Dialog,
  DialogTrigger,
  Popover as AriaPopover,
} from "react-aria-components/Popover";
import { given, type Lenient } from "../given";
import { popoverPanel } from "./list-style";

export type PopoverProps = Lenient<{
  trigger: ReactElement;
  /** Names the panel for screen readers. */
  label: string;
  children: ReactNode;
  placement?: "bottom start" | "bottom end";
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
}>;

/** A small panel beside its button, for settings and pickers; Esc and a press outside close it. */
export function Popover({
  trigger,
  label,
  children,
  placement = "bottom start",
  className = "p-3",
  ...state
}: PopoverProps) {
  return (
    <DialogTrigger {...given(state)}>
      {trigger}
      <AriaPopover placement={placement} offset={4} className={popoverPanel}>
        <Dialog aria-label={label} className={`outline-none ${className}`}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
