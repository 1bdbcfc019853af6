"use client";

import type { ReactElement, ReactNode } from "react";
import {
  Focusable,
  Tooltip as AriaTooltip,
  TooltipTrigger,
} from "react-aria-components/Tooltip";
import type { Lenient } from "../given";

/** The dark bubble of every tooltip. */
export const tooltipBubble =
  "max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-canvas motion-safe:transition-opacity motion-safe:duration-100 entering:opacity-0 exiting:opacity-0";

export type TooltipProps = Lenient<{
  content: ReactNode;
  /** A react-aria control of ours (Button, IconButton): it takes focus by itself. */
  children: ReactElement;
  placement?: "top" | "bottom" | "left" | "right";
  delay?: number;
}>;

/** A short hint for a control, on hover and on keyboard focus. Never the only place of a fact. */
export function Tooltip({
  content,
  children,
  placement = "top",
  delay = 400,
}: TooltipProps) {
  return (
    <TooltipTrigger delay={delay} closeDelay={0}>
      {children}
      <AriaTooltip offset={6} placement={placement} className={tooltipBubble}>
        {content}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

export type TooltipTextProps = Lenient<{
  content: ReactNode;
  children: ReactNode;
  placement?: TooltipProps["placement"];
}>;

/** Text with a definition behind it: underlined with dots and reachable by keyboard. */
export function TooltipText({
  content,
  children,
  placement,
}: TooltipTextProps) {
  return (
    <Tooltip content={content} placement={placement} delay={200}>
      <Focusable>
        <span
          role="note"
          tabIndex={0}
          className="cursor-help rounded-sm underline decoration-line-strong decoration-dotted underline-offset-4"
        >
          {children}
        </span>
      </Focusable>
    </Tooltip>
  );
}
