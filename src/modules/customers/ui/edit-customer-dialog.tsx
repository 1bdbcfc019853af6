"use client";

import { call } from "@/client/call";
import { useSeen } from "@/client/use-seen";
import { toast } from "@/ui/display/toaster";
import { customersApi, type Customer } from "../contract";
import { CustomerFormDialog } from "./customer-form-dialog";
import { differingLabels, toPatchBody, toValues } from "./customer-values";

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
  const params = { customer_id: customer.id };
  // The page may renew the customer under the open form: what was typed belongs to the first.
  const { opened, change } = useSeen(customer, {
    reread: () => call(customersApi.get, { params }),
    differing: differingLabels,
  });
  return (
    <CustomerFormDialog
      title={`Edit ${opened.name}`}
      submitLabel="Save changes"
      failure="The changes were not saved"
      schema={customersApi.update.body}
      initial={toValues(opened)}
      toBody={(values) => toPatchBody(opened, values)}
      send={async (body) => {
        if (Object.keys(body).length === 0) return onClose();
        const saved = await change((ifMatch) =>
          call(customersApi.update, { params, body }, { ifMatch }),
        );
        await onSaved(saved);
        toast.success(`${saved.name} saved`);
      }}
      onClose={onClose}
    />
  );
}
