"use client";

import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useAct } from "@/client/use-act";
import { customersApi, type Customer, type CustomerStatus } from "../contract";

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
    const params = { customer_id: customer.id };
    const set = (to: CustomerStatus) =>
      call(customersApi.setStatus, { params, body: { status: to } });
    await act(() => set(status), {
      done: `${customer.name} ${done[status]}`,
      failed: `${customer.name} was not changed`,
      undo: () => set(customer.status),
    });
  };
}
