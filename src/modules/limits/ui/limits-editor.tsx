"use client";

import { useState, type ReactNode } from "react";
import { useWatch, type Control } from "react-hook-form";
import { failureOf } from "@/client/failure";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { NumberField } from "@/ui/forms/number-field";
import { Switch } from "@/ui/forms/switch";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { windowNames } from "@/ui/format/window-names";
import { LimitsInput, type Limits } from "../contract";
import {
  limitLabels,
  toLimitsBody,
  toLimitsField,
  toLimitsValues,
  type LimitsValues,
} from "./limits-values";

export type LimitsEditorProps = {
  title: string;
  description: ReactNode;
  /** What is in force now; null for no limit at all. */
  limits: Limits | null;
  send: (limits: LimitsInput) => Promise<void>;
  /** Goes back to having no limits of one's own; null when there are none. */
  reset: { label: string; send: () => Promise<void> } | null;
  /** Whose calls are counted. */
  note: string;
  onClose: () => void;
};

/** A dialog with the five windows: a count, or unlimited. */
export function LimitsEditor(props: LimitsEditorProps) {
  const { limits, send, reset, note, ...frame } = props;
  const form = useContractForm<LimitsValues, LimitsInput>({
    schema: LimitsInput,
    defaultValues: toLimitsValues(limits),
    labels: limitLabels,
    toBody: toLimitsBody,
    toField: toLimitsField,
    send,
  });
  const { control, summary } = form;
  const [failure, setFailure] = useState<string>();
  const problems = failure
    ? [...summary.problems, { message: failure }]
    : summary.problems;
  return (
    <FormDialog
      form={{ ...form, summary: { ...summary, problems } }}
      submitLabel="Save limits"
      failure="The limits were not saved"
      aside={reset ? <Reset {...reset} onFailure={setFailure} /> : null}
      {...frame}
    >
      {windowNames.map(({ field, label }) => (
        <WindowField key={field} {...{ control, field, label }} />
      ))}
      <p className="text-xs text-ink-faint">
        {note} 0 refuses every call. Second, minute, hour and day slide; the
        month is the calendar month in UTC.
      </p>
    </FormDialog>
  );
}

type ResetProps = NonNullable<LimitsEditorProps["reset"]> & {
  onFailure: (message: string | undefined) => void;
};

function Reset({ label, send, onFailure }: ResetProps) {
  const [isPending, setPending] = useState(false);
  async function run() {
    setPending(true);
    onFailure(undefined);
    try {
      await send();
    } catch (error) {
      onFailure(failureOf(error).message);
      setPending(false);
    }
  }
  return (
    <Button variant="ghost" isPending={isPending} onPress={() => void run()}>
      {label}
    </Button>
  );
}

type WindowFieldProps = {
  control: Control<LimitsValues>;
  field: keyof Limits;
  label: string;
};

function WindowField({ control, field, label }: WindowFieldProps) {
  const { value, ...count } = useFormField(control, `${field}.count`);
  const unlimited = useFormField(control, `${field}.isUnlimited`);
  const isUnlimited = useWatch({ control, name: `${field}.isUnlimited` });
  return (
    <div className="flex items-start gap-4">
      <NumberField
        label={label}
        className="flex-1"
        {...count}
        value={isUnlimited ? NaN : value}
        minValue={0}
        step={1}
        placeholder={isUnlimited ? "Unlimited" : "Calls"}
        isDisabled={isUnlimited}
        hideSteppers
      />
      <Switch
        label="Unlimited"
        aria-label={`${label}: unlimited`}
        className="pt-8"
        isSelected={unlimited.value}
        onChange={unlimited.onChange}
      />
    </div>
  );
}
