"use client";

import { call } from "@/client/call";
import { toast } from "@/ui/display/toaster";
import { customersApi, type NewCustomer } from "../contract";
import { AccessFields } from "./access-fields";
import { CustomerFormDialog } from "./customer-form-dialog";
import { blank, toCreateBody } from "./customer-values";

export type CreateCustomerDialogProps = {
  /** Whether the viewer's role may issue keys. */
  mayIssue: boolean;
  onClose: () => void;
  onCreated: (customer: NewCustomer) => Promise<void> | void;
};

/** Makes a customer, with its limits and a key where they are asked for. */
export function CreateCustomerDialog({
  mayIssue,
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
      more={(control) => <AccessFields {...{ control, mayIssue }} />}
      onClose={onClose}
    />
  );
}
