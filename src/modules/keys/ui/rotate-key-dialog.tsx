"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { useRefresh } from "@/client/query";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { RadioGroup } from "@/ui/forms/radio-group";
import { Dialog } from "@/ui/overlays/dialog";
import { keysApi, type IssuedKey, type Key } from "../contract";
import { maskedKey } from "./key-words";
import { SecretDialog } from "./secret-dialog";

export type RotateKeyDialogProps = {
  apiKey: Key;
  /** Adds the call by which a program of the seller's checks the new key. */
  withCheck?: boolean;
  onClose: () => void;
};

const hour = 3_600;

const overlaps = [
  {
    id: "0",
    label: "No overlap",
    description: "The old key stops now. For a key that has leaked.",
  },
  { id: String(hour), label: "1 hour" },
  { id: String(24 * hour), label: "24 hours" },
  { id: String(7 * 24 * hour), label: "7 days" },
  { id: String(30 * 24 * hour), label: "30 days" },
];

/** Issues a successor to a key, beside which the old one works on for a while. */
export function RotateKeyDialog({
  apiKey,
  withCheck = true,
  onClose,
}: RotateKeyDialogProps) {
  const [overlap, setOverlap] = useState(String(24 * hour));
  const [issued, setIssued] = useState<IssuedKey>();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const refresh = useRefresh();

  async function rotate() {
    setPending(true);
    setFailure(undefined);
    try {
      const successor = await call(keysApi.rotate, {
        params: { key_id: apiKey.id },
        body: { overlap_seconds: Number(overlap) },
      });
      setIssued(successor);
      refresh();
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }

  if (issued)
    return (
      <SecretDialog
        issued={issued}
        note={oldKeyText(overlap)}
        withCheck={withCheck}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Rotate ${apiKey.name}`}
      description={`A new key takes over the limits and counters of ${maskedKey(apiKey)}.`}
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="rotate-key"
            variant="primary"
            isPending={isPending}
          >
            Rotate key
          </Button>
        </>
      }
    >
      <Form
        id="rotate-key"
        onSubmit={() => void rotate()}
        aria-label="Rotate the key"
      >
        <ErrorSummary
          problems={failure ? [{ message: failure }] : []}
          title="The key was not rotated"
        />
        <RadioGroup
          label="The old key works on for"
          options={overlaps}
          value={overlap}
          onChange={setOverlap}
        />
      </Form>
    </Dialog>
  );
}

function oldKeyText(overlap: string): string {
  const chosen = overlaps.find(({ id }) => id === overlap);
  return overlap === "0"
    ? "The old key has stopped working."
    : `The old key works on for ${chosen?.label ?? "a while"}.`;
}
