"use client";

import { useWatch, type Control } from "react-hook-form";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { metersApi } from "@/modules/meters/contract";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { spendMeter } from "@/shared/windows";
import { boostsApi, type BoostInput } from "../contract/boosts";
import {
  boostLabels,
  checkBoost,
  lengths,
  ofWindow,
  toBoostBody,
  toBoostField,
  wholeCustomer,
  type BoostValues,
} from "./boost-values";

export type BoostDialogProps = {
  customer: { id: string; name: string };
  /** Its keys, each of which may have limits of its own to raise. */
  keys: readonly { id: string; name: string }[];
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

/** Raises one of a customer's limits or quotas for a time. */
export function BoostDialog({
  customer,
  keys,
  onClose,
  onSaved,
}: BoostDialogProps) {
  const form = useContractForm<BoostValues, BoostInput>({
    schema: boostsApi.add.body,
    defaultValues: {
      what: "per_minute",
      more: NaN,
      spend: "",
      whose: wholeCustomer,
      starts: "now",
      starts_at: null,
      lasts: "24",
      reason: "",
    },
    labels: boostLabels,
    toBody: toBoostBody,
    toField: toBoostField,
    check: checkBoost,
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
  const whose = useFormField(control, "whose");
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
      {keys.length > 0 ? (
        <Select
          label={boostLabels["whose"] ?? ""}
          description="A key’s boost raises what the key has of its own."
          options={[
            { id: wholeCustomer, label: "The customer, all of its keys" },
            ...keys.map(({ id, name }) => ({ id, label: `The key ${name}` })),
          ]}
          {...whose}
        />
      ) : null}
      <Begin control={control} />
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

function Begin({ control }: { control: Control<BoostValues> }) {
  const starts = useWatch({ control, name: "starts" });
  const startsAt = useFormField(control, "starts_at");
  return (
    <>
      <Select
        label={boostLabels["starts"] ?? ""}
        options={[
          { id: "now", label: "Now" },
          { id: "later", label: "At a time of your choice" },
        ]}
        {...useFormField(control, "starts")}
      />
      {starts === "later" ? (
        <InstantField label={boostLabels["starts_at"] ?? ""} {...startsAt} />
      ) : null}
    </>
  );
}
