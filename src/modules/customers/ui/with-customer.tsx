"use client";

import type { ReactNode } from "react";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { customersApi, type Customer } from "../contract";

export type WithCustomerProps = {
  id: string;
  /** The customer as the page has it already. */
  initial: Customer | undefined;
  onClose: () => void;
  children: (customer: Customer) => ReactNode;
};

/** A dialog about a customer that may have to be loaded first. */
export function WithCustomer({ id, initial, ...rest }: WithCustomerProps) {
  return (
    <ReadDialog
      endpoint={customersApi.get}
      input={{ params: { customer_id: id } }}
      initialData={initial}
      title="Customer"
      failure="This customer could not be loaded"
      rows={4}
      {...rest}
    />
  );
}
