"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import type { Customer } from "@/modules/customers/contract";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { privacyApi } from "../contract";

export type KeepCustomerDialogProps = {
  customer: Customer;
  onClose: () => void;
  onKept: () => Promise<void> | void;
};

/** Keeps a customer that closes its account. */
export function KeepCustomerDialog({
  customer,
  onClose,
  onKept,
}: KeepCustomerDialogProps) {
  const confirm = useConfirm(async () => {
    await call(privacyApi.cancelErasure, {
      params: { customer_id: customer.id },
    });
    await onKept();
    toast.success(`${customer.name} is kept`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Keep ${customer.name}?`}
      description="Its owners asked to close the account. They are told that it stays, and can ask again."
      confirmLabel="Keep customer"
      cancelLabel="Let it close"
      tone="primary"
      {...confirm}
    />
  );
}
