import { fromUuid } from "@/shared/ids";
import type { Ctx, TxCtx } from "./context";
import { transaction } from "./db/transaction";
import { together } from "./together";

/** What an event says, as it was emitted. */
export type Payload = Record<string, unknown>;
type Event = { id: string; name: string; payload: Payload };

/**
 * Work that an event causes. It runs in a transaction, beside that of other events, and once more
 * if that fails; the event's id is the same each time.
 */
export type Listener = {
  on: string;
  run(tx: TxCtx, payload: Payload, event: { id: string }): Promise<void>;
};

/** A text of an event; empty where it has none. */
export function textOf(payload: Payload, name: string): string {
  const value = payload[name];
  return typeof value === "string" ? value : "";
}

/** Bring the events of a job to their listeners. One that fails stops no other, and the job fails. */
export async function deliver(
  ctx: Ctx,
  payload: unknown,
  listeners: Listener[],
): Promise<void> {
  const { id, ids } = payload as { id?: string; ids?: string[] }; // Safe: only emit() adds this task.
  await deliverAll(ctx, ids ?? (id ? [id] : []), listeners);
}

async function deliverAll(
  ctx: Ctx,
  ids: string[],
  listeners: Listener[],
): Promise<void> {
  try {
    await transaction(ctx, (tx) => deliverTogether(tx, ids, listeners));
  } catch (error) {
    if (ids.length < 2) throw error;
    const half = Math.ceil(ids.length / 2);
    const results = [
      await Promise.allSettled([
        deliverAll(ctx, ids.slice(0, half), listeners),
      ]),
      await Promise.allSettled([deliverAll(ctx, ids.slice(half), listeners)]),
    ];
    for (const result of results.flat())
      if (result.status === "rejected") throw result.reason;
  }
}

async function deliverTogether(
  tx: TxCtx,
  ids: string[],
  listeners: Listener[],
): Promise<void> {
  const found = await tx.db.outboxEvent.findMany({
    where: { id: { in: ids }, delivered_at: null },
    orderBy: { id: "asc" },
  });
  const heard = found.filter(({ name }) =>
    listeners.some(({ on }) => on === name),
  );
  // Safe: emit() wrote the payload.
  const events = heard.map((event) => event as typeof event & Event);
  await together(tx, bySubject(events), async (lane, same) => {
    for (const { id, name, payload } of same)
      for (const listener of listeners.filter(({ on }) => on === name))
        await listener.run(lane, payload, { id: fromUuid("req", id) });
  });
  await tx.db.outboxEvent.updateMany({
    where: { id: { in: found.map(({ id }) => id) } },
    data: { delivered_at: tx.now() },
  });
}

// What concerns the same customer one after the other, as it happened.
function bySubject(events: Event[]): Event[][] {
  const groups = new Map<unknown, Event[]>();
  for (const event of events) {
    const subject = event.payload["customer_id"] ?? "";
    const group = groups.get(subject);
    if (group) group.push(event);
    else groups.set(subject, [event]);
  }
  return [...groups.values()];
}
