"use client";

import type { ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "./button-style";
import { IconSlot } from "./icon-slot";
import { Press, type PressProps } from "./press";
import { Spinner } from "./spinner";

export type ButtonProps = PressProps & {
  /** A verb in sentence case: "Create customer". */
  children: ReactNode;
  /** A lucide icon element; it gets the one icon size. */
  icon?: ReactNode;
  variant?: ButtonStyle["variant"];
  size?: ButtonStyle["size"];
  /** Shows a spinner in place of the content, keeps the width and ignores presses. */
  isPending?: boolean;
  pendingLabel?: string;
};

/** One primary button a screen; the rest are secondary or ghost. */
export function Button({
  children,
  icon,
  variant,
  size,
  className,
  isPending,
  pendingLabel = "Working",
  ...props
}: ButtonProps) {
  return (
    <>
      <Press
        {...props}
        isPending={isPending}
        className={buttonStyle({ variant, size, className })}
      >
        <span
          className={`inline-flex items-center gap-1.5 ${isPending ? "opacity-0" : ""}`}
        >
          {icon ? <IconSlot>{icon}</IconSlot> : null}
          {children}
        </span>
        {isPending ? (
          <span className="absolute inset-0 flex items-center justify-center">
            <Spinner />
          </span>
        ) : null}
      </Press>
      {isPending ? (
        <span role="status" className="sr-only">
          {pendingLabel}
        </span>
      ) : null}
    </>
  );
}
