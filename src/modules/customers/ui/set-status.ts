import { call } from "@/client/call";
import { customersApi, type CustomerStatus } from "../contract";

/** Sets a customer's status. */
export function setStatus(customerId: string, status: CustomerStatus) {
  const params = { customer_id: customerId };
  return call(customersApi.setStatus, { params, body: { status } });
}
