import type { TxCtx } from "./context";
import { newId, toUuid } from "@/shared/ids";
import { addJob } from "./add-job";

/** A fact that other modules may act on: `customer.archived`, with public ids in the payload. */
export type DomainEvent = {
  name: `${string}.${string}`;
  payload: Record<string, string | number | boolean | null>;
};

/** The job that brings an event to its handlers. */
export const deliverTask = "deliver_event";

/** Record an event in the caller's transaction, and the job that delivers it. */
export async function emit(tx: TxCtx, event: DomainEvent): Promise<void> {
  const id = toUuid(newId("req"));
  await tx.db.outboxEvent.create({
    data: {
      id,
      name: event.name,
      payload: event.payload,
      request_id: tx.requestId,
    },
  });
  await addJob(tx, deliverTask, { id });
}
