"use client";

import dynamic from "next/dynamic";
import {
  CustomerList,
  type CustomerListProps,
} from "@/modules/customers/ui/customer-list";

const BulkBar = dynamic(() => import("@/modules/batches/ui/bulk-bar"), {
  ssr: false,
});

/** The list of customers, with what can be done with many of them at once. */
export function Customers(props: Omit<CustomerListProps, "bulk">) {
  return (
    <CustomerList
      {...props}
      {...(props.mayWrite && {
        bulk: (selection) => <BulkBar {...selection} />,
      })}
    />
  );
}
