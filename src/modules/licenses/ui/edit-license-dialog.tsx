"use client";

import type { Control } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useSeen } from "@/client/use-seen";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { licensesApi, type License, type LicensePatch } from "../contract";
import { orNull } from "./issue-values";
import type { LicenseDialogProps } from "./license-dialogs";

type Values = {
  name: string;
  max_machines: number;
  max_domains: number;
  churn_limit: number;
  is_floating: boolean;
  expires_at: string | null;
};

const labels = {
  name: "Name",
  max_machines: "Machines",
  max_domains: "Domains",
  churn_limit: "May be freed by the customer",
  is_floating: "Floating",
  expires_at: "Expires",
};

/** Changes what a license allows, and its end. */
export function EditLicenseDialog({
  license,
  onClose,
  onDone,
}: LicenseDialogProps) {
  const params = { license_id: license.id };
  const { opened, change } = useSeen(license, {
    reread: () => call(licensesApi.get, { params }),
  });
  const form = useContractForm<Values, LicensePatch>({
    schema: licensesApi.update.body,
    defaultValues: toValues(opened),
    labels,
    toBody: (values) => toPatch(opened, values),
    send: async (body) => {
      await change((ifMatch) =>
        call(licensesApi.update, { params, body }, { ifMatch }),
      );
      await onDone();
      toast.success(`${body.name ?? license.name} is saved`);
    },
  });
  const end = useFormField(form.control, "expires_at");
  return (
    <FormDialog
      form={form}
      title={`Edit ${opened.name}`}
      submitLabel="Save license"
      failure="The license was not saved"
      onClose={onClose}
    >
      <TextField
        label={labels.name}
        isRequired
        autoComplete="off"
        {...useFormField(form.control, "name")}
      />
      <Slots control={form.control} />
      {opened.status === "pending" ? null : (
        <InstantField
          label={labels.expires_at}
          isOptional
          description="Empty: never. Renewing sets it by the cycle."
          {...end}
        />
      )}
    </FormDialog>
  );
}

function Slots({ control }: { control: Control<Values> }) {
  const { value: isFloating, ...floating } = useFormField(
    control,
    "is_floating",
  );
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={labels.max_machines}
          isOptional
          minValue={0}
          description="At once. Empty: any."
          {...useFormField(control, "max_machines")}
        />
        <NumberField
          label={labels.max_domains}
          isOptional
          minValue={0}
          description="At once. Empty: any."
          {...useFormField(control, "max_domains")}
        />
      </div>
      <NumberField
        label={labels.churn_limit}
        isOptional
        minValue={0}
        suffix="in 30 days"
        className="max-w-72"
        description="Empty: as often as wanted."
        {...useFormField(control, "churn_limit")}
      />
      <Checkbox
        label="Floating: a place is given back when no heartbeat comes"
        isSelected={isFloating}
        {...floating}
      />
    </>
  );
}

function toValues(license: License): Values {
  return {
    name: license.name,
    max_machines: license.max_machines ?? NaN,
    max_domains: license.max_domains ?? NaN,
    churn_limit: license.churn_limit ?? NaN,
    is_floating: license.is_floating,
    expires_at: license.expires_at,
  };
}

// Only a new end is sent: one that has passed is not refused for a change of the name.
function toPatch(opened: License, values: Values): LicensePatch {
  return {
    name: values.name.trim(),
    max_machines: orNull(values.max_machines),
    max_domains: orNull(values.max_domains),
    churn_limit: orNull(values.churn_limit),
    is_floating: values.is_floating,
    ...(values.expires_at !== opened.expires_at && {
      expires_at: values.expires_at,
    }),
  };
}
