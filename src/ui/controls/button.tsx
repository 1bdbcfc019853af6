"use client";

import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components/Button";
import { ProgressBar } from "react-aria-components/ProgressBar";
import { given, type Lenient } from "../given";
import { buttonStyle, type ButtonStyle } from "./button-style";
import { Spinner } from "./spinner";

export type ButtonProps = Lenient<
  Omit<AriaButtonProps, "className" | "children" | "style"> & {
    /** A verb in sentence case: "Create customer". */
    children: ReactNode;
    /** A lucide icon element; it gets the one icon size. */
    icon?: ReactNode;
    variant?: ButtonStyle["variant"];
    size?: ButtonStyle["size"];
    /** Shows a spinner in place of the content, keeps the width and ignores presses. */
    isPending?: boolean;
    pendingLabel?: string;
    className?: string;
    ref?: Ref<HTMLButtonElement>;
  }
>;

/** One primary button a screen; the rest are secondary or ghost. */
export function Button({
  children,
  icon,
  variant,
  size,
  className,
  pendingLabel = "Working",
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...given(props)}
      className={buttonStyle({ variant, size, className })}
    >
      {({ isPending }) => (
        <>
          <span
            className={`inline-flex items-center gap-1.5 ${isPending ? "invisible" : ""}`}
          >
            {icon ? <IconSlot>{icon}</IconSlot> : null}
            {children}
          </span>
          {isPending ? (
            <ProgressBar
              isIndeterminate
              aria-label={pendingLabel}
              className="absolute inset-0 flex items-center justify-center"
            >
              <Spinner />
            </ProgressBar>
          ) : null}
        </>
      )}
    </AriaButton>
  );
}

/** Gives whatever icon it holds the one size and hides it from screen readers. */
export function IconSlot({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden
      className="inline-flex shrink-0 [&>svg]:h-4 [&>svg]:w-4 [&>svg]:stroke-[1.75]"
    >
      {children}
    </span>
  );
}
