import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { addSeconds } from "@/shared/time";
import type { InboundWebhookDetail } from "../contract/webhooks";
import type { Fact } from "../provider";
import {
  findInbound,
  findStranded,
  lockInbound,
  updateInbound,
} from "../queries/inbound";
import { countWebhook } from "./counts";
import { applyFact } from "./facts";
import { askFor } from "./inbound";
import { findProvider } from "./providers";

/** Seconds until the next try; after the last one it is dead. */
const waits = [5, 30, 120, 600, 3_600, 21_600, 86_400];

/**
 * Process an event that was kept: what it is about is read from the provider as it stands now, and
 * taken over in one transaction with the mark that it was done. So it may run twice, be killed
 * anywhere, and come in any order.
 */
export async function processInbound(ctx: Ctx, id: string): Promise<void> {
  const event = await findInbound(ctx, id);
  if (!event || !isOpen(event.status)) return;
  try {
    const facts = await read(ctx, event);
    const became = await transaction(ctx, async (tx) => {
      const status = await lockInbound(tx, id);
      return status && isOpen(status) ? take(tx, event, facts) : null;
    });
    if (became) countWebhook(event.provider, became);
  } catch (error) {
    ctx.log.warn({ err: error, inbound_webhook: id }, "an event failed");
    const became = await transaction(ctx, (tx) => fail(tx, id, error));
    if (became) countWebhook(event.provider, became);
  }
}

async function read(ctx: Ctx, event: InboundWebhookDetail): Promise<Fact[]> {
  const provider = await findProvider(event.provider);
  if (!provider)
    throw new Error(`${event.provider} is not set up here any more.`);
  return provider.read(ctx, event.type, event.payload);
}

async function take(
  tx: TxCtx,
  { id, provider, attempts }: InboundWebhookDetail,
  facts: Fact[],
): Promise<"ignored" | "processed"> {
  const notes: string[] = [];
  for (const fact of facts) {
    const note = await applyFact(tx, provider, fact);
    if (note) notes.push(note);
  }
  const isIgnored = notes.length === facts.length;
  const status = isIgnored ? "ignored" : "processed";
  await updateInbound(tx, id, {
    status,
    attempts: attempts + 1,
    last_error: isIgnored ? (notes[0] ?? "There is nothing to do.") : null,
    processed_at: tx.now(),
  });
  return status;
}

async function fail(
  tx: TxCtx,
  id: string,
  error: unknown,
): Promise<"failed" | "dead" | null> {
  const status = await lockInbound(tx, id);
  const event = await findInbound(tx, id);
  if (!event || !status || !isOpen(status)) return null;
  const wait = waits[event.attempts];
  await updateInbound(tx, id, {
    status: wait === undefined ? "dead" : "failed",
    attempts: event.attempts + 1,
    last_error: (error instanceof Error ? error.message : "Unknown").slice(
      0,
      1_000,
    ),
  });
  if (wait !== undefined)
    await askFor(tx, id, {
      attempt: event.attempts + 1,
      at: addSeconds(tx.now(), wait),
    });
  else
    await emit(tx, {
      name: "inbound_webhook.dead",
      payload: {
        inbound_webhook_id: id,
        provider: event.provider,
        type: event.type,
      },
    });
  return wait === undefined ? "dead" : "failed";
}

/** Ask again for what was kept and whose job was lost with its process. */
export async function sweepInbound(ctx: Ctx): Promise<void> {
  const before = addSeconds(ctx.now(), -120);
  const stranded = await findStranded(ctx, before, 500);
  await transaction(ctx, async (tx) => {
    for (const id of stranded) await askFor(tx, id);
  });
}

function isOpen(status: string): boolean {
  return status === "received" || status === "failed";
}
