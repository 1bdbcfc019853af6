"use client";

import { useRead } from "@/client/query";
import { Brief, shownAtMost } from "@/ui/display/brief";
import { keysApi } from "../contract";
import { KeyLines } from "./key-lines";

/** A customer's newest keys in short. */
export function KeysBrief({ customerId }: { customerId: string }) {
  const read = useRead(keysApi.listOfCustomer, {
    params: { customer_id: customerId },
    query: { per_page: shownAtMost },
  });
  return (
    <Brief read={read} what="Keys" empty="This customer has no keys in use.">
      {(keys) => <KeyLines keys={keys} />}
    </Brief>
  );
}
