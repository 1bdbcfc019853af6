"use client";

import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { useRefresh } from "@/client/query";
import { toast } from "@/ui/display/toaster";
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
  const refresh = useRefresh();

  async function set(customer: Target, status: CustomerStatus) {
    try {
      await call(customersApi.setStatus, {
        params: { customer_id: customer.id },
        body: { status },
      });
      refresh();
      return true;
    } catch (error) {
      toast.error(`${customer.name} was not changed`, {
        description: failureOf(error).message,
      });
      return false;
    }
  }

  return async function change(customer: Target, status: CustomerStatus) {
    if (!(await set(customer, status))) return;
    toast.undo(`${customer.name} ${done[status]}`, () => {
      void set(customer, customer.status).then(
        (isBack) => isBack && toast.success("Undone"),
      );
    });
  };
}
