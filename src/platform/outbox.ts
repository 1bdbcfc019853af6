import type { TxCtx } from "./context";
import { newId, toUuid } from "@/shared/ids";
import { addJob } from "./add-job";
import { insertRows } from "./db/rows";
import { forMany } from "./together";

/** A fact that other modules may act on: `customer.archived`, with public ids in the payload. */
export type DomainEvent = {
  name: `${string}.${string}`;
  payload: Record<string, string | number | boolean | null>;
};

/** The job that brings events to their handlers: `{ id }` of one, or `{ ids }` of several. */
export const deliverTask = "deliver_event";

/** Record an event in the caller's transaction, and the job that delivers it. */
export async function emit(tx: TxCtx, event: DomainEvent): Promise<void> {
  await emitOne(tx, event);
}

const emitOne = forMany(async (tx: TxCtx, events: DomainEvent[]) => {
  const rows = events.map(({ name, payload }) => ({
    ...{ id: toUuid(newId("req")), name, payload },
    request_id: tx.requestId,
  }));
  await insertRows(tx, "outbox", rows);
  const ids = rows.map(({ id }) => id);
  const [id, ...others] = ids;
  await addJob(tx, deliverTask, others.length > 0 ? { ids } : { id });
  return events.map(() => undefined);
});
