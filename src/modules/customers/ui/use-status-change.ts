"use client";

import { useRefresh } from "@/client/query";
import { useAct } from "@/client/use-act";
import type { Customer, CustomerStatus } from "../contract";

type Target = Pick<Customer, "id" | "name" | "status">;

const done: Record<CustomerStatus, string> = {
  pending: "is pending",
  active: "is active",
  suspended: "suspended",
  archived: "archived",
};

/** `change(customer, status)` sets a status and offers to take it back. */
export function useStatusChange() {
  const { act } = useAct(useRefresh());
  return async function change(customer: Target, status: CustomerStatus) {
    const set = async (to: CustomerStatus) => {
      // The contract comes when it is needed: the pages are lighter without it.
      const { setStatus } = await import("./set-status");
      await setStatus(customer.id, to);
    };
    await act(() => set(status), {
      done: `${customer.name} ${done[status]}`,
      failed: `${customer.name} was not changed`,
      undo: () => set(customer.status),
    });
  };
}
