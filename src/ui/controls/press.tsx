"use client";

import type { ComponentProps, MouseEvent } from "react";
import { useEarly } from "../early/use-early";

export type PressEvent = MouseEvent<HTMLButtonElement>;

export type PressProps = Omit<
  ComponentProps<"button">,
  "onClick" | "disabled"
> & {
  /** On a click, a tap, Enter or Space. */
  onPress?: (event: PressEvent) => void;
  isDisabled?: boolean;
  /** Keeps the focus, ignores presses. */
  isPending?: boolean;
};

/** A button without a look. Native, so that pages pay nothing for it. */
export function Press({
  onPress,
  isDisabled,
  isPending,
  type = "button",
  ref,
  ...props
}: PressProps) {
  const ownRef = useEarly(ref);
  function press(event: PressEvent) {
    if (isPending) return event.preventDefault();
    // Safari does not focus a pressed button; overlays give the focus back to it.
    event.currentTarget.focus();
    onPress?.(event);
  }
  return (
    <button
      {...props}
      ref={ownRef}
      type={type}
      disabled={isDisabled}
      aria-busy={isPending || undefined}
      aria-disabled={isPending || undefined}
      data-pending={isPending || undefined}
      onClick={press}
    />
  );
}
