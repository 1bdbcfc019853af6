"use client";

import { useState } from "react";
import { ApiError, call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog, type Blocker } from "@/ui/overlays/confirm-dialog";
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
  const [isPending, setPending] = useState(false);
  const [blockers, setBlockers] = useState<Blocker[]>([]);
  const [error, setError] = useState<string>();

  async function remove() {
    setPending(true);
    setError(undefined);
    try {
      await call(customersApi.remove, { params: { customer_id: customer.id } });
      await onDeleted();
      toast.success(`${customer.name} deleted`);
    } catch (thrown) {
      const found = blockersOf(thrown);
      setBlockers(found);
      if (found.length === 0) setError(failureOf(thrown).message);
      setPending(false);
    }
  }

  const isBlocked = blockers.length > 0;
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
      blockers={blockers}
      confirmLabel="Delete customer"
      typeToConfirm={customer.name}
      onConfirm={() => void remove()}
      isPending={isPending}
      error={error}
      alternative={
        isBlocked && customer.status !== "archived" ? (
          <Button onPress={onArchive}>Archive instead</Button>
        ) : null
      }
    />
  );
}

function blockersOf(error: unknown): Blocker[] {
  if (!(error instanceof ApiError) || error.status !== 409) return [];
  const { details } = error.body;
  if (typeof details !== "object" || details === null) return [];
  const found: unknown = "blockers" in details ? details.blockers : null;
  return Array.isArray(found) ? found.flatMap(toBlocker) : [];
}

function toBlocker(value: unknown): Blocker[] {
  if (typeof value !== "object" || value === null) return [];
  if (!("kind" in value) || !("count" in value)) return [];
  return [{ label: `${String(value.count)} ${String(value.kind)}` }];
}
