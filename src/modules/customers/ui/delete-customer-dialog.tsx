"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { customersApi, type Customer } from "../contract";

export type DeleteCustomerDialogProps = {
  customer: Customer;
  onClose: () => void;
  onDeleted: () => Promise<void> | void;
  /** Archives it, when it cannot be deleted. */
  onArchive: () => void;
};

/** Deletes a customer for good, or says what stands in the way. */
export function DeleteCustomerDialog({
  customer,
  onClose,
  onDeleted,
  onArchive,
}: DeleteCustomerDialogProps) {
  const confirm = useConfirm(async () => {
    await call(customersApi.remove, { params: { customer_id: customer.id } });
    await onDeleted();
    toast.success(`${customer.name} deleted`);
  });
  const isBlocked = confirm.blockers.length > 0;
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Delete ${customer.name}?`}
      description={
        isBlocked
          ? "What is booked or in force must be kept."
          : "This cannot be undone."
      }
      consequences={[
        "Its API keys stop working at once and are gone.",
        "Its people can no longer sign in to the portal.",
        "Its limits, usage and metadata are deleted; the audit log stays.",
      ]}
      confirmLabel="Delete customer"
      typeToConfirm={customer.name}
      {...confirm}
      alternative={
        isBlocked && customer.status !== "archived" ? (
          <Button onPress={onArchive}>Archive instead</Button>
        ) : null
      }
    />
  );
}
