"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { Time } from "@/ui/display/time";
import type { Erasure } from "../contract";

export type ErasureNoticeProps = {
  erasure: Erasure;
  mayKeep: boolean;
};

/** Says that a customer closes its account, or how far its erasure is. */
export function ErasureNotice({ erasure, mayKeep }: ErasureNoticeProps) {
  const { open } = useDialogUrl();
  const { status, asked_by, due_at, steps_done, steps_total } = erasure;
  const waits = erasure.waits_for ? ` It waits: ${erasure.waits_for}.` : "";
  if (status !== "scheduled")
    return (
      <Callout tone="neutral">
        This customer is being erased: {steps_done} of {steps_total} steps are
        done.{waits}
      </Callout>
    );
  return (
    <Callout
      tone="warning"
      action={
        mayKeep ? (
          <Button size="sm" onPress={() => void open("keep")}>
            Keep customer
          </Button>
        ) : null
      }
    >
      {asked_by.name} asked to close this account: it{" "}
      {waits ? "was to be" : "is"} erased on <Time value={due_at} />.{waits}
    </Callout>
  );
}
