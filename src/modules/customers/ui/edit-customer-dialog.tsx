"use client";

import { call } from "@/client/call";
import { toast } from "@/ui/display/toaster";
import { customersApi, type Customer } from "../contract";
import { CustomerFormDialog } from "./customer-form-dialog";
import { toPatchBody, toValues } from "./customer-values";

export type EditCustomerDialogProps = {
  customer: Customer;
  onClose: () => void;
  onSaved: (customer: Customer) => Promise<void> | void;
};

/** Changes a customer; only what was changed is sent. */
export function EditCustomerDialog({
  customer,
  onClose,
  onSaved,
}: EditCustomerDialogProps) {
  return (
    <CustomerFormDialog
      title={`Edit ${customer.name}`}
      submitLabel="Save changes"
      failedTitle="The changes were not saved"
      schema={customersApi.update.body}
      initial={toValues(customer)}
      toBody={(values) => toPatchBody(customer, values)}
      send={async (body) => {
        if (Object.keys(body).length === 0) return onClose();
        const saved = await call(customersApi.update, {
          params: { customer_id: customer.id },
          body,
        });
        await onSaved(saved);
        toast.success(`${saved.name} saved`);
      }}
      onClose={onClose}
    />
  );
}
