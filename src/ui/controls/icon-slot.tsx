import type { ReactNode } from "react";

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
