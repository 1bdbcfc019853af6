"use client";

import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useFieldArray, useWatch } from "react-hook-form";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { spendMeter } from "@/shared/windows";
import {
  quotasApi,
  type OwnQuotas,
  type QuotasInput,
} from "../contract/quotas";
import { QuotaRowFields } from "./quota-row-fields";
import {
  quotaLabels,
  toQuotaField,
  toQuotasBody,
  toQuotaValues,
  type QuotaValues,
} from "./quota-values";

export type KnownMeter = { name: string; title: string; unit: string };

export type QuotasEditorProps = {
  title: string;
  description: ReactNode;
  own: OwnQuotas;
  meters: readonly KnownMeter[];
  send: (quotas: QuotasInput) => Promise<void>;
  onClose: () => void;
};

/** A dialog with the quotas and the spend cap that something has of its own. */
export function QuotasEditor(props: QuotasEditorProps) {
  const { own, send, meters: known, ...dialog } = props;
  const form = useContractForm<QuotaValues, QuotasInput>({
    schema: quotasApi.set.body,
    defaultValues: toQuotaValues(own),
    labels: quotaLabels,
    toBody: toQuotasBody,
    toField: toQuotaField,
    send,
  });
  const { control } = form;
  const { fields, append, remove } = useFieldArray({ control, name: "rows" });
  const rows = useWatch({ control, name: "rows" });
  const cap = useWatch({ control, name: "cap" });
  const capField = useFormField(control, "cap");
  const spendField = useFormField(control, "spend");
  const taken = new Set(rows.map(({ meter }) => meter));
  const free = known.filter(
    ({ name }) => name !== spendMeter && !taken.has(name),
  );
  return (
    <FormDialog
      form={form}
      submitLabel="Save quotas"
      failure="The quotas were not saved"
      {...dialog}
    >
      {fields.map((field, index) => (
        <QuotaRowFields
          key={field.id}
          control={control}
          index={index}
          meter={known.find(({ name }) => name === rows[index]?.meter)}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="flex flex-wrap items-end gap-2">
        {free.map(({ name, title }) => (
          <Button
            key={name}
            size="sm"
            icon={<Plus />}
            onPress={() =>
              append({
                meter: name,
                isUnlimited: false,
                count: NaN,
                overage: false,
              })
            }
          >
            {title}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap items-start gap-4 border-t pt-4">
        <Select
          label="Spend cap"
          className="flex-1"
          options={[
            { id: "none", label: "None of its own" },
            { id: "amount", label: "Up to an amount" },
            { id: "unlimited", label: "Unlimited" },
          ]}
          {...capField}
        />
        {cap === "amount" ? (
          <TextField
            label="Amount"
            suffix="USD"
            placeholder="50.00"
            className="flex-1"
            {...spendField}
          />
        ) : null}
      </div>
    </FormDialog>
  );
}
