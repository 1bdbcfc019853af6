"use client";

import type { ReactNode } from "react";
import type { Control } from "react-hook-form";
import type * as z from "zod";
import { useContractForm } from "@/client/use-contract-form";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { CustomerFields } from "./customer-fields";
import { check, labels, toField, type CustomerValues } from "./customer-values";

export type CustomerFormDialogProps<B> = {
  title: string;
  /** The verb on the button. */
  submitLabel: string;
  /** Over the list of what is wrong: "The customer was not created". */
  failure: string;
  schema: z.ZodType<B>;
  initial: CustomerValues;
  toBody: (values: CustomerValues) => Record<string, unknown>;
  send: (body: B) => Promise<void>;
  /** What only one of the forms asks, below the rest. */
  more?: (control: Control<CustomerValues>) => ReactNode;
  onClose: () => void;
};

/** The form of a customer in a dialog. */
export function CustomerFormDialog<B>({
  schema,
  initial,
  toBody,
  send,
  more,
  ...frame
}: CustomerFormDialogProps<B>) {
  const form = useContractForm<CustomerValues, B>({
    ...{ schema, labels, toBody, toField, check, send },
    defaultValues: initial,
  });
  return (
    <FormDialog form={form} {...frame}>
      <CustomerFields control={form.control} />
      {more?.(form.control)}
    </FormDialog>
  );
}
