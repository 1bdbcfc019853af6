"use client";

import type { ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "./button-style";
import { IconSlot } from "./icon-slot";
import { Press, type PressProps } from "./press";
import { Spinner } from "./spinner";
import { Tooltip, type TooltipProps } from "./tooltip";

export type IconButtonProps = Omit<PressProps, "children" | "aria-label"> & {
  /** What it does: the accessible name, and the tooltip. */
  label: string;
  icon: ReactNode;
  variant?: ButtonStyle["variant"];
  size?: ButtonStyle["size"];
  placement?: TooltipProps["placement"];
};

/** A square button with an icon only; its label shows as a tooltip. */
export function IconButton({
  label,
  icon,
  variant = "ghost",
  size = "md",
  placement,
  className,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label} placement={placement}>
      <Press
        {...props}
        aria-label={label}
        className={buttonStyle({ variant, size, isSquare: true, className })}
      >
        {props.isPending ? <Spinner /> : <IconSlot>{icon}</IconSlot>}
      </Press>
    </Tooltip>
  );
}
