"use client";

import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components/Button";
import { given, type Lenient } from "../given";
import { IconSlot } from "./button";
import { buttonStyle, type ButtonStyle } from "./button-style";
import { Spinner } from "./spinner";
import { Tooltip, type TooltipProps } from "./tooltip";

export type IconButtonProps = Lenient<
  Omit<AriaButtonProps, "className" | "children" | "style" | "aria-label"> & {
    /** What it does: the accessible name, and the tooltip. */
    label: string;
    icon: ReactNode;
    variant?: ButtonStyle["variant"];
    size?: ButtonStyle["size"];
    placement?: TooltipProps["placement"];
    className?: string;
    ref?: Ref<HTMLButtonElement>;
  }
>;

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
      <AriaButton
        {...given(props)}
        aria-label={label}
        className={buttonStyle({ variant, size, square: true, className })}
      >
        {({ isPending }) =>
          isPending ? <Spinner /> : <IconSlot>{icon}</IconSlot>
        }
      </AriaButton>
    </Tooltip>
  );
}
