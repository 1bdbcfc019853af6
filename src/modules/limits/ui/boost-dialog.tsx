"use client";

import { useWatch } from "react-hook-form";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { metersApi } from "@/modules/meters/contract";
import { toast } from "@/ui/display/toaster";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { boostsApi, type BoostInput } from "../contract/boosts";
import { spendMeter } from "../contract/quotas";
import {
  boostLabels,
  lengths,
  ofWindow,
  toBoostBody,
  toBoostField,
  type BoostValues,
} from "./boost-values";

export type BoostDialogProps = {
  customer: { id: string; name: string };
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

/** Raises one of a customer's limits or quotas for a time. */
export function BoostDialog({ customer, onClose, onSaved }: BoostDialogProps) {
  const form = useContractForm<BoostValues, BoostInput>({
    schema: boostsApi.add.body,
    defaultValues: {
      what: "per_minute",
      more: NaN,
      spend: "",
      lasts: "24",
      reason: "",
    },
    labels: boostLabels,
    toBody: toBoostBody,
    toField: toBoostField,
    send: async (body) => {
      await call(boostsApi.add, { params: { customer_id: customer.id }, body });
      await onSaved();
      toast.success(`${customer.name} has a boost`);
    },
  });
  const { control } = form;
  const what = useWatch({ control, name: "what" });
  const { data } = useRead(metersApi.list, { query: { per_page: 100 } });
  const meters = (data?.items ?? []).filter(({ name }) => name !== spendMeter);
  const more = useFormField(control, "more");
  const spend = useFormField(control, "spend");
  return (
    <FormDialog
      form={form}
      title={`Boost ${customer.name}`}
      description="It comes on top of the limit in force, and ends by itself. What is unlimited stays so."
      size="sm"
      submitLabel="Add boost"
      failure="The boost was not added"
      onClose={onClose}
    >
      <Select
        label={boostLabels["what"] ?? ""}
        options={[
          ...ofWindow,
          { id: spendMeter, label: "The spend cap" },
          ...meters.map(({ name, title }) => ({
            id: `meter:${name}`,
            label: `Quota of ${title}`,
          })),
        ]}
        {...useFormField(control, "what")}
      />
      {what === spendMeter ? (
        <TextField
          label="By how much"
          suffix="USD"
          placeholder="10.00"
          {...spend}
        />
      ) : (
        <NumberField label="By how much" minValue={1} hideSteppers {...more} />
      )}
      <Select
        label={boostLabels["lasts"] ?? ""}
        options={lengths}
        {...useFormField(control, "lasts")}
      />
      <TextField
        label={boostLabels["reason"] ?? ""}
        placeholder="Product launch"
        description="For the audit log, and for who asks later."
        {...useFormField(control, "reason")}
      />
    </FormDialog>
  );
}
