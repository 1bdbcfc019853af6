"use client";

import type { ReactNode } from "react";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { DetailsSkeleton } from "@/ui/display/skeletons";
import { Dialog } from "@/ui/overlays/dialog";
import { customersApi, type Customer } from "../contract";

export type WithCustomerProps = {
  id: string;
  /** The customer as the page has it already. */
  initial: Customer | undefined;
  onClose: () => void;
  children: (customer: Customer) => ReactNode;
};

/** A dialog about a customer that may have to be loaded first. */
export function WithCustomer({
  id,
  initial,
  onClose,
  children,
}: WithCustomerProps) {
  const { data, error, refetch, isFetching } = useRead(
    customersApi.get,
    { params: { customer_id: id } },
    { initialData: initial },
  );
  if (data) return children(data);
  return (
    <Dialog isOpen onOpenChange={onClose} title="Customer">
      {error ? (
        <ErrorState
          title="This customer could not be loaded"
          description={failureOf(error).message}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <DetailsSkeleton rows={4} />
      )}
    </Dialog>
  );
}
