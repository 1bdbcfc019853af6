"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { CustomerCombobox } from "@/ui/forms/customer-combobox";
import { toast } from "@/ui/display/toaster";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { licensesApi } from "../contract";
import type { LicenseDialogProps } from "./license-dialogs";

type Values = { customer_id: string | null };

const labels = { customer_id: "New customer" };

/** Gives a license to another customer. */
export function TransferDialog({
  license,
  onClose,
  onDone,
}: LicenseDialogProps) {
  const form = useContractForm<Values, { customer_id: string }>({
    schema: licensesApi.transfer.body,
    defaultValues: { customer_id: null },
    labels,
    toBody: ({ customer_id }) => ({ customer_id: customer_id ?? undefined }),
    send: async (body) => {
      const params = { license_id: license.id };
      const given = await call(
        licensesApi.transfer,
        { params, body },
        { ifMatch: license },
      );
      await onDone();
      toast.success(`${license.name} is ${given.customer_name}’s now`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Transfer ${license.name}`}
      description={`From ${license.customer_name}. The key stays; it is freed wherever it is used, and is no longer part of a subscription.`}
      size="sm"
      submitLabel="Transfer license"
      failure="The license was not transferred"
      onClose={onClose}
    >
      <CustomerCombobox
        label={labels.customer_id}
        isRequired
        emptyText="No other customer matches"
        except={license.customer_id}
        {...useFormField(form.control, "customer_id")}
      />
    </FormDialog>
  );
}
