import { randomUUID } from "node:crypto";
import type { Ctx } from "@/platform/context";
import { log } from "@/platform/log";
import { singleton } from "@/platform/singleton";
import { toStored, type StoredEvent } from "../event";
import { ingestEvents } from "../queries";

const flushMilliseconds = 500;
const most = 20_000;

/**
 * Log a refused call as usage, never billed. Refusals are written together twice a second, so
 * that a flood of them is not a flood of writes; past 20,000 at once the rest are only counted
 * in the process's log.
 */
export function noteRefusal(
  ctx: Ctx,
  refusal: {
    customer_id: string;
    key_id: string | null;
    code: string;
    endpoint: string | null;
  },
): void {
  const held = pending();
  if (held.events.length >= most) {
    held.lost += 1;
    return;
  }
  const owner = { customerId: refusal.customer_id, keyId: refusal.key_id };
  held.events.push({
    ...toStored({ id: `refusal-${randomUUID()}` }, owner, ctx.now()),
    code: refusal.code,
    endpoint: refusal.endpoint,
  });
  held.timer ??= setTimeout(() => void flushRefusals(), flushMilliseconds);
}

/** Write the refusals held back; also at shutdown. Failure is logged and loses them. */
export async function flushRefusals(): Promise<void> {
  const held = pending();
  clearTimeout(held.timer);
  held.timer = undefined;
  const { events, lost } = held;
  held.events = [];
  held.lost = 0;
  if (lost > 0) log().warn({ lost }, "too many refusals to write each");
  try {
    for (let from = 0; from < events.length; from += 1_000)
      await ingestEvents(events.slice(from, from + 1_000));
  } catch (error) {
    log().warn({ err: error, lost: events.length }, "refusals not written");
  }
}

function pending() {
  return singleton("refusals", () => ({
    events: [] as StoredEvent[],
    lost: 0,
    timer: undefined as NodeJS.Timeout | undefined,
  }));
}
