import { record } from "@/modules/audit";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import type { Customer } from "../contract";

/** Write the audit row and the event of a change to a customer; `noted` goes into the row too. */
export async function told(
  tx: TxCtx,
  name: `customer.${string}`,
  before: Customer | null,
  after: Customer | null,
  noted: Record<string, string> = {},
): Promise<void> {
  const id = (after ?? before)?.id ?? "";
  await record(tx, {
    action: name,
    target: { kind: "customer", id },
    customerId: id,
    before,
    after: after && { ...after, ...noted },
  });
  await emit(tx, {
    name,
    payload: {
      customer_id: id,
      status: after?.status ?? null,
      previous_status: before?.status ?? null,
    },
  });
}
