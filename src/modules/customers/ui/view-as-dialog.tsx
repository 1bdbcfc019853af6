"use client";

import { useId } from "react";
import type * as z from "zod";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
import { viewAsApi } from "../contract/people";

export type ViewAsDialogProps = {
  customer: { id: string; name: string };
  onClose: () => void;
};

/** Asks why, then opens the portal as the customer sees it. */
export function ViewAsDialog({ customer, onClose }: ViewAsDialogProps) {
  const id = useId();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
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
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`View as ${customer.name}`}
      description="For an hour you see the portal as they do. Money, secrets and people cannot be changed. The log names you both."
      size="sm"
      isDirty={isDirty}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            isPending={isPending}
          >
            View as customer
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label="View as customer">
        <ErrorSummary {...summary} title="The portal was not opened" />
        <TextField
          label="Reason"
          placeholder="Ticket 1042"
          description="Goes into the audit log."
          autoFocus
          isRequired
          {...useFormField(control, "reason")}
        />
      </Form>
    </Dialog>
  );
}
