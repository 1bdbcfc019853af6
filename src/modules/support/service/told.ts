import { record } from "@/modules/audit";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import type { StoredTicket } from "../queries/tickets";

/** The audit row and the event of a write on a ticket, in its transaction. No words of it are in them. */
export async function toldOfTicket(
  tx: TxCtx,
  name: `ticket.${string}`,
  before: StoredTicket | null,
  after: StoredTicket,
  noted: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "ticket", id: after.id },
    customerId: after.customer_id,
    before: before && plain(before),
    after: { ...plain(after), ...noted },
  });
  await emit(tx, {
    name,
    payload: {
      ticket_id: after.id,
      number: after.number,
      customer_id: after.customer_id,
      ...noted,
    },
  });
}

// What follows from the time of day is no change.
function plain({ is_overdue: _, ...ticket }: StoredTicket) {
  return ticket;
}
