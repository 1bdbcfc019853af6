import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type {
  InboundQuery,
  InboundState,
  InboundWebhook,
  InboundWebhookDetail,
} from "../contract/webhooks";
import type { HostedName } from "../contract/parts";
import type { InboundEvent } from "../provider";

/** Keep an event; null when it was kept before. */
export async function insertInbound(
  tx: TxCtx,
  provider: HostedName,
  event: InboundEvent,
  status: InboundState,
  note: string | null,
): Promise<string | null> {
  const id = newId("iwh");
  // Not create(): a caught unique violation would poison the transaction.
  const { count } = await tx.db.inboundWebhook.createMany({
    data: {
      id: toUuid(id),
      provider,
      event_id: event.id,
      type: event.type,
      // Safe: it was parsed from JSON.
      payload: event.payload as Prisma.InputJsonValue,
      status,
      last_error: note,
      occurred_at: event.occurredAt,
      received_at: tx.now(),
      processed_at: status === "ignored" ? tx.now() : null,
    },
    skipDuplicates: true,
  });
  return count === 1 ? id : null;
}

export async function findInbound(
  ctx: Ctx,
  id: string,
): Promise<InboundWebhookDetail | null> {
  const row = await ctx.db.inboundWebhook.findUnique({
    where: { id: toUuid(id) },
  });
  return row && { ...toInbound(row), payload: row.payload };
}

/** The status of an event, locked until the transaction ends. */
export async function lockInbound(
  tx: TxCtx,
  id: string,
): Promise<InboundState | null> {
  const [row] = await tx.db.$queryRaw<{ status: InboundState }[]>`
    SELECT status FROM inbound_webhooks WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return row ? row.status : null;
}

export async function updateInbound(
  tx: TxCtx,
  id: string,
  data: Prisma.InboundWebhookUncheckedUpdateInput,
): Promise<InboundWebhook> {
  const row = await tx.db.inboundWebhook.update({
    where: { id: toUuid(id) },
    data,
  });
  return toInbound(row);
}

/** One more than asked for, newest first. */
export async function findInbounds(
  ctx: Ctx,
  { cursor, limit, ...filters }: InboundQuery,
): Promise<InboundWebhook[]> {
  const rows = await ctx.db.inboundWebhook.findMany({
    where: { ...filters, ...(cursor && { id: { lt: toUuid(cursor) } }) },
    omit: { payload: true },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return rows.map(toInbound);
}

/** Events that were to be processed before then and were not: their job was lost. */
export async function findStranded(
  ctx: Ctx,
  before: Date,
  take: number,
): Promise<string[]> {
  const rows = await ctx.db.inboundWebhook.findMany({
    where: { status: "received", received_at: { lt: before } },
    orderBy: { id: "asc" },
    select: { id: true },
    take,
  });
  return rows.map(({ id }) => fromUuid("iwh", id));
}

type Row = Omit<Prisma.InboundWebhookGetPayload<object>, "payload">;

function toInbound(row: Row): InboundWebhook {
  return {
    id: fromUuid("iwh", row.id),
    provider: row.provider as HostedName, // Safe: this module wrote it.
    event_id: row.event_id,
    type: row.type,
    status: row.status as InboundState, // Safe: a CHECK constraint.
    attempts: row.attempts,
    last_error: row.last_error,
    occurred_at: row.occurred_at?.toISOString() ?? null,
    received_at: row.received_at.toISOString(),
    processed_at: row.processed_at?.toISOString() ?? null,
  };
}
