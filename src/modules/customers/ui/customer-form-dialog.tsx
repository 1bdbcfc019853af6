"use client";

import { useId } from "react";
import type * as z from "zod";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { Dialog } from "@/ui/overlays/dialog";
import { CustomerFields } from "./customer-fields";
import { check, labels, toField, type CustomerValues } from "./customer-values";

export type CustomerFormDialogProps<B> = {
  title: string;
  /** The verb on the button. */
  submitLabel: string;
  /** Over the list of what is wrong: "The customer was not created". */
  failedTitle: string;
  schema: z.ZodType<B>;
  initial: CustomerValues;
  toBody: (values: CustomerValues) => Record<string, unknown>;
  send: (body: B) => Promise<void>;
  onClose: () => void;
};

/** The form of a customer in a dialog. */
export function CustomerFormDialog<B>({
  title,
  submitLabel,
  failedTitle,
  schema,
  initial,
  toBody,
  send,
  onClose,
}: CustomerFormDialogProps<B>) {
  const id = useId();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
    CustomerValues,
    B
  >({
    ...{ schema, labels, toBody, toField, check, send },
    defaultValues: initial,
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={title}
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
            {submitLabel}
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label={title}>
        <ErrorSummary {...summary} title={failedTitle} />
        <CustomerFields control={control} />
      </Form>
    </Dialog>
  );
}
