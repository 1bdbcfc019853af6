"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  keysApi,
  type IssuedKey,
  type Key,
  type RotateInput,
} from "../contract";
import { maskedKey } from "./key-words";
import { KeySecretDialog } from "./key-secret-dialog";

export type RotateKeyDialogProps = {
  apiKey: Key;
  /** Adds the call by which a program of the seller's checks the new key. */
  withCheck?: boolean;
  onClose: () => void;
  /** Closes it and renews the page, once the new key was shown. */
  onDone: () => Promise<void>;
};

type Values = { overlap: string };

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
  onDone,
}: RotateKeyDialogProps) {
  const [issued, setIssued] = useState<IssuedKey>();
  const refresh = useRefresh();
  const form = useContractForm<Values, RotateInput>({
    schema: keysApi.rotate.body,
    defaultValues: { overlap: String(24 * hour) },
    labels: { overlap: "Overlap" },
    toBody: ({ overlap }) => ({ overlap_seconds: Number(overlap) }),
    toField: () => "overlap",
    send: async (body) => {
      const params = { key_id: apiKey.id };
      setIssued(await call(keysApi.rotate, { params, body }));
      refresh();
    },
  });
  const { inputRef: _, ...overlap } = useFormField(form.control, "overlap");
  if (issued)
    return (
      <KeySecretDialog
        issued={issued}
        note={oldKeyText(overlap.value)}
        withCheck={withCheck}
        onClose={() => void onDone()}
      />
    );
  return (
    <FormDialog
      form={form}
      title={`Rotate ${apiKey.name}`}
      description={`A new key takes over the limits and counters of ${maskedKey(apiKey)}.`}
      size="sm"
      submitLabel="Rotate key"
      failure="The key was not rotated"
      onClose={onClose}
    >
      <RadioGroup
        label="The old key works on for"
        options={overlaps}
        {...overlap}
      />
    </FormDialog>
  );
}

function oldKeyText(overlap: string): string {
  const chosen = overlaps.find(({ id }) => id === overlap);
  return overlap === "0"
    ? "The old key has stopped working."
    : `The old key works on for ${chosen?.label ?? "a while"}.`;
}
