import type { Furnishing } from "@/modules/customers";
import { issueKey } from "@/modules/keys";
import { setCustomerLimits } from "@/modules/limits";

/** What a new customer can be given in the act of its making. */
export const furnishing: Furnishing = {
  setLimits: setCustomerLimits,
  issueKey: (tx, customer_id, name) => issueKey(tx, { customer_id, name }),
};
