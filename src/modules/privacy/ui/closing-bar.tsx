"use client";

import { CalendarX } from "lucide-react";
import { Link } from "@/ui/controls/link";
import { Time } from "@/ui/display/time";
import type { Closing } from "../contract";
import { KeepAccountButton } from "./keep-account-button";

export type ClosingBarProps = {
  closing: Closing;
  /** Whether the viewer may take it back. */
  mayKeep: boolean;
};

/** Says on each page of the portal that the account closes, with the way back. */
export function ClosingBar({ closing, mayKeep }: ClosingBarProps) {
  return (
    <div
      role="region"
      aria-label="Closing of the account"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-warning-line bg-warning-tint px-3 py-2 text-sm text-ink"
    >
      <span className="flex min-w-0 items-start gap-2">
        <CalendarX aria-hidden className="icon mt-0.5 text-warning" />
        <span>
          <Words closing={closing} mayKeep={mayKeep} />
        </span>
      </span>
      {mayKeep && !closing.has_begun ? <KeepAccountButton size="sm" /> : null}
    </div>
  );
}

function Words({ closing, mayKeep }: ClosingBarProps) {
  const { due_at, has_begun, waits_for } = closing;
  if (has_begun) return "This account is being closed.";
  if (waits_for === null)
    return (
      <>
        This account closes on{" "}
        <strong>
          <Time value={due_at} />
        </strong>
        . Until then all goes on as it is.
      </>
    );
  return (
    <>
      This account was to close on <Time value={due_at} />, and closes once{" "}
      {mayKeep ? (
        <Link href="/portal/account#close" inline tone="ink">
          what is open
        </Link>
      ) : (
        "what is open"
      )}{" "}
      has been dealt with.
    </>
  );
}
