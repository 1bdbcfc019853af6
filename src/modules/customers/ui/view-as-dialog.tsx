"use client";

import type * as z from "zod";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { useContractForm } from "@/client/use-contract-form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { viewAsApi } from "../contract/people";

export type ViewAsDialogProps = {
  customer: { id: string; name: string };
  onClose: () => void;
};

/** Asks why, then opens the portal as the customer sees it. */
export function ViewAsDialog({ customer, onClose }: ViewAsDialogProps) {
  const form = useContractForm<
    { reason: string },
    z.output<typeof viewAsApi.start.body>
  >({
    schema: viewAsApi.start.body,
    defaultValues: { reason: "" },
    labels: { reason: "Reason" },
    toBody: (values) => values,
    send: async (body) => {
      await call(viewAsApi.start, {
        params: { customer_id: customer.id },
        body,
      });
      enter("/portal");
    },
  });
  return (
    <FormDialog
      form={form}
      title={`View as ${customer.name}`}
      description="For an hour you see the portal as they do. Money, secrets and people cannot be changed. The log names you both."
      size="sm"
      submitLabel="View as customer"
      failure="The portal was not opened"
      onClose={onClose}
    >
      <TextField
        label="Reason"
        placeholder="Ticket 1042"
        description="Goes into the audit log."
        autoFocus
        isRequired
        {...useFormField(form.control, "reason")}
      />
    </FormDialog>
  );
}
