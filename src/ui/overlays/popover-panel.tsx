"use client";

import type { RefObject } from "react";
import { Dialog, Popover as AriaPopover } from "react-aria-components/Popover";
import { popoverPanel } from "./list-style";
import type { PopoverProps } from "./popover";

export type PopoverPanelProps = Omit<PopoverProps, "trigger"> & {
  anchor: RefObject<HTMLElement | null>;
};

/** The open panel. */
export default function PopoverPanel({
  anchor,
  label,
  children,
  placement = "bottom start",
  className = "p-3",
  ...state
}: PopoverPanelProps) {
  return (
    <AriaPopover
      {...state}
      triggerRef={anchor}
      placement={placement}
      offset={4}
      className={popoverPanel}
    >
      <Dialog aria-label={label} className={`outline-none ${className}`}>
        {children}
      </Dialog>
    </AriaPopover>
  );
}
