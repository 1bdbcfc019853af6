"use client";

import { useState } from "react";
import { useWatch, type Control } from "react-hook-form";
import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { CustomerCombobox } from "@/ui/forms/customer-combobox";
import { Checkbox } from "@/ui/forms/checkbox";
import { NumberField } from "@/ui/forms/number-field";
import { RadioGroup } from "@/ui/forms/radio-group";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { licensesApi, type License, type LicenseInput } from "../contract";
import {
  cycles,
  issueLabels,
  toIssueBody,
  type IssueValues,
} from "./issue-values";
import { LicenseAdded } from "./license-added";
import { PlanChoice } from "./plan-choice";

export type AddLicenseDialogProps = {
  /** Whose it will be; chosen in the dialog when left out. */
  customer?: { id: string; name: string };
  /** May open a subscription with it. */
  mayBill: boolean;
  onClose: () => void;
  /** Closes it and renews the page, once the key was shown. */
  onDone: () => Promise<void>;
};

/** Issues a license, then shows its key. */
export function AddLicenseDialog(props: AddLicenseDialogProps) {
  const [license, setLicense] = useState<License>();
  if (license)
    return (
      <LicenseAdded license={license} onClose={() => void props.onDone()} />
    );
  return <IssueForm {...props} onIssued={setLicense} />;
}

type IssueFormProps = AddLicenseDialogProps & {
  onIssued: (license: License) => void;
};

function IssueForm(props: IssueFormProps) {
  const { customer, mayBill, onClose, onIssued } = props;
  const refresh = useRefresh();
  const form = useContractForm<IssueValues, LicenseInput>({
    schema: licensesApi.issue.body,
    defaultValues: {
      customer_id: customer?.id ?? null,
      plan_id: "none",
      name: "",
      interval: "month",
      starts_on_activation: false,
      create_subscription: false,
      max_machines: NaN,
      max_domains: NaN,
    },
    labels: issueLabels,
    toBody: toIssueBody,
    send: async (body) => {
      onIssued(await call(licensesApi.issue, { body }));
      refresh();
    },
  });
  const { control } = form;
  return (
    <FormDialog
      form={form}
      title={customer ? `Add a license to ${customer.name}` : "Add a license"}
      description="Its key is made for you, and works at once."
      submitLabel="Add license"
      failure="The license was not added"
      onClose={onClose}
    >
      {customer ? null : <CustomerChoice control={control} />}
      <PlanChoice control={control} />
      <TextField
        label={issueLabels.name}
        isOptional
        autoComplete="off"
        description="Empty: as the plan is called."
        {...useFormField(control, "name")}
      />
      <RadioGroup
        label={issueLabels.interval}
        description="Its end follows from the cycle, in the customer’s time zone; renewing adds another."
        options={cycles}
        {...useFormField(control, "interval")}
      />
      {mayBill ? <WithSubscription control={control} /> : null}
      <Begins control={control} />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={issueLabels.max_machines}
          isOptional
          minValue={0}
          description="At once. Empty: any."
          {...useFormField(control, "max_machines")}
        />
        <NumberField
          label={issueLabels.max_domains}
          isOptional
          minValue={0}
          description="At once. Empty: any."
          {...useFormField(control, "max_domains")}
        />
      </div>
    </FormDialog>
  );
}

type Bound = { control: Control<IssueValues> };

function CustomerChoice({ control }: Bound) {
  return (
    <CustomerCombobox
      label={issueLabels.customer_id}
      isRequired
      {...useFormField(control, "customer_id")}
    />
  );
}

// Only a plan with a cycle can be subscribed to.
function WithSubscription({ control }: Bound) {
  const { value, ...field } = useFormField(control, "create_subscription");
  const [plan, interval] = useWatch({
    control,
    name: ["plan_id", "interval"],
  });
  if (plan === "none" || interval === "once") return null;
  return (
    <Checkbox
      label="Create a subscription"
      description="It bills the plan by this cycle, and the license lives with it."
      isSelected={value}
      {...field}
    />
  );
}

function Begins({ control }: Bound) {
  const { value, ...field } = useFormField(control, "starts_on_activation");
  const [interval, isSubscribed] = useWatch({
    control,
    name: ["interval", "create_subscription"],
  });
  if (isSubscribed && interval !== "once") return null;
  return (
    <Checkbox
      label="Its time begins with its first activation"
      description={
        interval === "once"
          ? "Until then it is pending."
          : "Until then it is pending, and has no end."
      }
      isSelected={value}
      {...field}
    />
  );
}
