"use client";

import { call } from "@/client/call";
import { toast } from "@/ui/display/toaster";
import { customersApi, type Customer } from "../contract";
import { CustomerFormDialog } from "./customer-form-dialog";
import { blank, toCreateBody } from "./customer-values";

export type CreateCustomerDialogProps = {
  onClose: () => void;
  onCreated: (customer: Customer) => Promise<void> | void;
};

/** Makes a customer. */
export function CreateCustomerDialog({
  onClose,
  onCreated,
}: CreateCustomerDialogProps) {
  return (
    <CustomerFormDialog
      title="Add customer"
      submitLabel="Add customer"
      failure="The customer was not added"
      schema={customersApi.create.body}
      initial={blank}
      toBody={toCreateBody}
      send={async (body) => {
        const customer = await call(customersApi.create, { body });
        await onCreated(customer);
        toast.success(`${customer.name} added`);
      }}
      onClose={onClose}
    />
  );
}
