"use client";

import type { ReactNode, RefObject } from "react";
import {
  Tooltip,
  TooltipTriggerStateContext,
} from "react-aria-components/Tooltip";

export type HintPlacement = "top" | "bottom" | "left" | "right";

export type HintBubbleProps = {
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  placement: HintPlacement;
  children: ReactNode;
};

/** The dark bubble of every tooltip; loaded when the first is wanted. */
export default function HintBubble({
  anchor,
  isOpen,
  onOpenChange,
  ...props
}: HintBubbleProps) {
  const state = {
    isOpen,
    shouldSkipAnimation: false,
    open: () => onOpenChange(true),
    close: () => onOpenChange(false),
  };
  return (
    <TooltipTriggerStateContext value={state}>
      <Tooltip
        {...props}
        triggerRef={anchor}
        offset={6}
        className="z-50 max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-canvas motion-safe:transition-opacity motion-safe:duration-100 entering:opacity-0 exiting:opacity-0"
      />
    </TooltipTriggerStateContext>
  );
}
