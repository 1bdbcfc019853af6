"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import type { Customer } from "@/modules/customers/contract";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { privacyApi } from "../contract";

export type EraseCustomerDialogProps = {
  customer: Customer;
  onClose: () => void;
  onAsked: () => Promise<void> | void;
};

/** Erases who a customer was, or says what must end before. */
export function EraseCustomerDialog({
  customer,
  onClose,
  onAsked,
}: EraseCustomerDialogProps) {
  const confirm = useConfirm(async () => {
    await call(privacyApi.erase, {
      params: { customer_id: customer.id },
      body: { confirm: customer.name },
    });
    await onAsked();
    toast.success(`${customer.name} is being erased`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Erase ${customer.name}?`}
      description={
        confirm.blockers.length > 0
          ? "End, settle or delete this first."
          : "This cannot be undone. Export its data before, if anybody may ask for it."
      }
      consequences={[
        "Its API keys and licenses stop at once, and its people can no longer sign in.",
        "Its people, tickets, notes, devices, usage and mails are deleted, and the audit log no longer says who it was.",
        "Invoices, credit notes, payments and bookings stay as the law wants them.",
      ]}
      confirmLabel="Erase customer"
      typeToConfirm={customer.name}
      {...confirm}
    />
  );
}
