import { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Alert, AlertKind, AlertQuery } from "../contract";

/** Who reads: the team, or a customer's people, each with their own mark. */
export type Reader = "team" | "customer";

export type StoredAlert = Omit<
  Alert,
  "customer" | "meter" | "recommendation"
> & {
  customer_id: string | null;
  meter_id: string | null;
};

/** Alerts that filters leave, newest first. */
export async function findAlerts(
  ctx: Ctx,
  query: Omit<AlertQuery, "limit">,
  reader: Reader,
  take: number,
): Promise<StoredAlert[]> {
  const { customer_id, kind, state, cursor } = query;
  const rows = await ctx.db.alert.findMany({
    where: {
      ...(customer_id && { customer_id: toUuid(customer_id) }),
      ...(kind && { kind }),
      ...(state === "open" && { recovered_at: null }),
      ...(state === "recovered" && { recovered_at: { not: null } }),
      ...(query.unread && unreadBy(reader)),
      ...(cursor && { id: { lt: toUuid(cursor) } }),
    },
    orderBy: { id: "desc" },
    take,
  });
  return rows.map((row) => toAlert(row, reader));
}

/** Alerts that hold and that nobody has read, counted to `most`. */
export async function countUnread(
  ctx: Ctx,
  customerId: string | null,
  reader: Reader,
  most: number,
): Promise<number> {
  return ctx.db.alert.count({
    where: {
      recovered_at: null,
      ...unreadBy(reader),
      ...(customerId && { customer_id: toUuid(customerId) }),
    },
    take: most,
  });
}

export async function findAlert(
  ctx: Ctx,
  id: string,
  reader: Reader,
): Promise<StoredAlert | null> {
  const row = await ctx.db.alert.findUnique({ where: { id: toUuid(id) } });
  return row && toAlert(row, reader);
}

export async function markAlertRead(
  tx: TxCtx,
  id: string,
  reader: Reader,
): Promise<void> {
  await tx.db.alert.updateMany({
    where: { id: toUuid(id), ...unreadBy(reader) },
    data:
      reader === "team"
        ? { read_at: tx.now() }
        : { customer_read_at: tx.now() },
  });
}

/** The meters of alerts by their row's id. */
export async function findMeters(ctx: Ctx, ids: string[]) {
  const rows = await ctx.db.meter.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, title: true, unit: true },
  });
  return new Map(rows.map(({ id, ...meter }) => [id, meter]));
}

function unreadBy(reader: Reader) {
  return reader === "team" ? { read_at: null } : { customer_read_at: null };
}

type Row = Prisma.AlertGetPayload<object>;

function toAlert(row: Row, reader: Reader): StoredAlert {
  const { limit_amount: limit, value, details } = row;
  const text = (name: string) => {
    const found = (details as Record<string, unknown> | null)?.[name];
    return typeof found === "string" ? found : null;
  };
  const readAt = reader === "team" ? row.read_at : row.customer_read_at;
  return {
    id: fromUuid("alr", row.id),
    kind: row.kind as AlertKind, // Safe: a CHECK constraint.
    customer_id: row.customer_id && fromUuid("cus", row.customer_id),
    meter_id: row.meter_id,
    threshold: row.threshold,
    limit: limit && limit.toFixed(),
    value: value && value.toFixed(),
    percentage:
      limit && value && !limit.isZero()
        ? Number(value.times(100).div(limit).toFixed(1))
        : null,
    provider: text("provider"),
    model: text("model"),
    expires_at: text("expires_at"),
    period_start: row.period_start?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    recovered_at: row.recovered_at?.toISOString() ?? null,
    read_at: readAt?.toISOString() ?? null,
  };
}
