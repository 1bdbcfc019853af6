import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid, type IdPrefix } from "@/shared/ids";
import type { AuditEntry } from "./contract";

const prefixes: Record<string, IdPrefix> = {
  customer: "cus",
  key: "key",
  user: "usr",
  session: "ses",
  service_token: "stk",
  setting: "set",
  ledger_transaction: "ltx",
  service: "stk",
  staff: "usr",
};

export type NewEntry = {
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  action: string;
  target_kind: string;
  target_id: string;
  customer_id: string | null;
  before: Prisma.InputJsonObject | null;
  after: Prisma.InputJsonObject | null;
};

export async function insertEntry(tx: TxCtx, entry: NewEntry): Promise<void> {
  const { before, after, ...rest } = entry;
  await tx.db.auditEntry.create({
    data: {
      ...rest,
      ...(before && { before }),
      ...(after && { after }),
      actor_id: entry.actor_id && toUuid(entry.actor_id),
      target_id: toUuid(entry.target_id),
      customer_id: entry.customer_id && toUuid(entry.customer_id),
      ip: tx.ip,
      request_id: tx.requestId,
      created_at: tx.now(),
    },
  });
}

/** Entries older than `before` (an entry's public id), newest first. */
export async function findEntries(
  ctx: Ctx,
  filter: { customerId?: string; action?: string; before?: string },
  take: number,
): Promise<AuditEntry[]> {
  const rows = await ctx.db.auditEntry.findMany({
    where: {
      ...(filter.customerId && { customer_id: toUuid(filter.customerId) }),
      ...(filter.action && { action: filter.action }),
      ...(filter.before && { id: { lt: toUuid(filter.before) } }),
    },
    orderBy: { id: "desc" },
    take,
  });
  return rows.map(toEntry);
}

/**
 * The entry of the write that gave a thing its present state: the nearest to `at`, when its row
 * was last written, of those on the thing itself and, for a customer, on what belongs to it.
 */
export async function findEntryOfWrite(
  ctx: Ctx,
  id: string,
  at: Date,
): Promise<AuditEntry | null> {
  const away = (row: Row) => Math.abs(row.created_at.getTime() - at.getTime());
  const created_at = {
    gte: new Date(at.getTime() - slackMs),
    lte: new Date(at.getTime() + slackMs),
  };
  const rows = await ctx.db.auditEntry.findMany({
    where: {
      OR: [{ target_id: toUuid(id) }, { customer_id: toUuid(id) }],
      created_at,
    },
    orderBy: { id: "desc" },
    take: 100,
  });
  const [nearest] = rows.sort((a, b) => away(a) - away(b));
  return nearest ? toEntry(nearest) : null;
}

// Between a row's own time and its entry's lies the rest of one transaction.
const slackMs = 15_000;

type Row = Prisma.AuditEntryGetPayload<object>;

function toEntry(row: Row): AuditEntry {
  const actorPrefix = prefixes[row.actor_kind] ?? "usr";
  const targetPrefix = prefixes[row.target_kind] ?? "aud";
  return {
    id: fromUuid("aud", row.id),
    action: row.action,
    actor: {
      kind: row.actor_kind as AuditEntry["actor"]["kind"], // Safe: a CHECK constraint.
      id: row.actor_id && fromUuid(actorPrefix, row.actor_id),
      name: row.actor_name,
    },
    target: {
      kind: row.target_kind,
      id: fromUuid(targetPrefix, row.target_id),
    },
    customer_id: row.customer_id && fromUuid("cus", row.customer_id),
    before: row.before as AuditEntry["before"], // Safe: insertEntry writes objects only.
    after: row.after as AuditEntry["after"],
    ip: row.ip,
    request_id: row.request_id,
    created_at: row.created_at.toISOString(),
  };
}
