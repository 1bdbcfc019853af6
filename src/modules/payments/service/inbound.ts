import { record } from "@/modules/audit";
import { addJob } from "@/platform/add-job";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import { toCursorPage } from "@/shared/page";
import type {
  InboundQuery,
  InboundWebhook,
  InboundWebhookDetail,
} from "../contract/webhooks";
import type { HostedName } from "../contract/parts";
import type { HostedProvider, InboundEvent } from "../provider";
import {
  findInbound,
  findInbounds,
  insertInbound,
  lockInbound,
  updateInbound,
} from "../queries/inbound";
import { countWebhook } from "./counts";
import { findProvider } from "./providers";

/** The job that processes an event that was kept. */
export const processTask = "payments_process_webhook";

/**
 * Take an event of a provider: its signature over the raw body is checked, it is kept once, and a
 * job that is added with it does the rest. Throws NOT_FOUND where the provider is not set up,
 * VALIDATION_FAILED when the signature is wrong.
 */
export async function receiveWebhook(
  ctx: Ctx,
  name: HostedName,
  raw: string,
  headers: Headers,
): Promise<{ received: true }> {
  const provider = await findProvider(name);
  if (!provider) throw notFound("webhook endpoint");
  const event = await verified(ctx, provider, raw, headers);
  if (!event) countWebhook(name, "refused");
  if (!event)
    throw new DomainError(
      "VALIDATION_FAILED",
      `The signature does not fit the body. Send it as ${provider.title} signed it, and check the signing secret here.`,
    );
  const reason = ignoredFor(provider, event);
  const became = await transaction(ctx, async (tx) => {
    const status = reason ? "ignored" : "received";
    const id = await insertInbound(tx, name, event, status, reason);
    if (id && !reason) await askFor(tx, id);
    return id ? status : "repeated";
  });
  countWebhook(name, became);
  return { received: true };
}

/** Add the job that processes an event; of several for the same one, one waits. */
export async function askFor(
  tx: TxCtx,
  id: string,
  again: { attempt: number; at: Date } | null = null,
): Promise<void> {
  // The job that asks for another try still holds the key of its own.
  const key = `inbound:${id}:${again?.attempt ?? 0}`;
  await addJob(tx, processTask, { id }, key, again?.at);
}

// A body that is signed and broken all the same is refused as one that is not signed.
async function verified(
  ctx: Ctx,
  provider: HostedProvider,
  raw: string,
  headers: Headers,
): Promise<InboundEvent | null> {
  const event = await provider.verify(ctx, raw, headers).catch((error) => {
    ctx.log.warn({ err: error as unknown }, "an event could not be read");
    return null;
  });
  const isKeepable =
    event && event.id.length <= 255 && !raw.includes("\\u0000");
  return isKeepable ? event : null;
}

function ignoredFor(
  provider: HostedProvider,
  { type, isOtherMode }: InboundEvent,
): string | null {
  if (isOtherMode) return "It is of the other mode, live or test.";
  return provider.handles(type) ? null : "Nothing here depends on this type.";
}

/** What providers have told us, newest first. Needs webhooks:read. */
export async function listInbound(ctx: Ctx, query: InboundQuery) {
  authorize(ctx, "webhooks:read");
  return toCursorPage(await findInbounds(ctx, query), query.limit);
}

/** An event with its payload. Needs webhooks:read; throws NOT_FOUND. */
export async function getInbound(
  ctx: Ctx,
  id: string,
): Promise<InboundWebhookDetail> {
  authorize(ctx, "webhooks:read");
  const found = await findInbound(ctx, id);
  if (!found) throw notFound("inbound webhook");
  return found;
}

/** Process an event once more, whatever became of it. Needs webhooks:write; throws NOT_FOUND. */
export async function replayInbound(
  ctx: Ctx,
  id: string,
): Promise<InboundWebhook> {
  authorize(ctx, "webhooks:write");
  return transaction(ctx, async (tx) => {
    const before = await lockInbound(tx, id);
    if (!before) throw notFound("inbound webhook");
    const event = await updateInbound(tx, id, {
      status: "received",
      attempts: 0,
      last_error: null,
      processed_at: null,
    });
    await askFor(tx, id);
    await record(tx, {
      action: "inbound_webhook.replayed",
      target: { kind: "inbound_webhook", id },
      before: { status: before },
      after: { status: event.status, type: event.type },
    });
    return event;
  });
}
