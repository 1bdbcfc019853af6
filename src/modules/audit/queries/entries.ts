import { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { firstUuidOf, fromUuid, toUuid, type IdPrefix } from "@/shared/ids";
import { insertRows } from "@/platform/db/rows";
import { forMany } from "@/platform/together";
import { addSeconds } from "@/shared/time";
import type { AuditEntry, AuditQuery } from "../contract";
import type { EntryFields } from "../entry-mac";
import { targetPrefixes, type TargetKind } from "../target";

const actorPrefixes: Record<string, IdPrefix> = { service: "stk" };

export type NewEntry = Omit<EntryFields, "before" | "after"> & {
  before: Prisma.InputJsonObject | null;
  after: Prisma.InputJsonObject | null;
  mac: Uint8Array<ArrayBuffer>;
};

export const insertEntry = forMany(async (tx: TxCtx, entries: NewEntry[]) => {
  await insertRows(tx, "audit_log", entries);
  return entries.map(() => undefined);
});

/** What the log is narrowed to; ids are public, and `cursor` is the id of the entry read last. */
export type EntryFilter = Partial<Omit<AuditQuery, "limit">>;

/** The newest entries that a filter leaves. */
export async function findEntries(
  ctx: Ctx,
  filter: EntryFilter,
  take: number,
): Promise<AuditEntry[]> {
  // A customer and a target have few entries each, and an index by id: any filter is tried on those.
  const isNarrow = filter.customer_id ?? filter.target_id;
  const byAction = !isNarrow && (filter.action ?? filter.actor_id);
  const where = byAction
    ? { id: { in: await findIdsByAction(ctx, filter, take) } }
    : toWhere(filter);
  const rows = await ctx.db.auditEntry.findMany({
    where,
    orderBy: { id: "desc" },
    take,
  });
  return rows.map(toEntry);
}

function toWhere(filter: EntryFilter): Prisma.AuditEntryWhereInput {
  const { customer_id, target_id, actor_id, action, cursor } = filter;
  const { gte, lte, from, to } = bounds(filter);
  return {
    ...(customer_id && { customer_id: toUuid(customer_id) }),
    ...(target_id && { target_id: toUuid(target_id) }),
    ...(actor_id && { actor_id: toUuid(actor_id) }),
    ...(action &&
      (action.endsWith(".")
        ? { action: { startsWith: action.replaceAll("_", "\\_") } }
        : { action })),
    created_at: { ...(gte && { gte }), ...(lte && { lte }) },
    AND: [
      cursor ? { id: { lt: toUuid(cursor) } } : {},
      from ? { id: { gte: from } } : {},
      to ? { id: { lt: to } } : {},
    ],
  };
}

/**
 * Reads the newest of each action by itself and takes the newest of those: a rare action, or a quiet
 * person, is found without a walk through millions of rows. Actions are few, and so skipped through.
 */
async function findIdsByAction(
  ctx: Ctx,
  filter: EntryFilter,
  take: number,
): Promise<string[]> {
  const { actor_id, action = "", cursor } = filter;
  const { gte, lte, from, to } = bounds(filter);
  const ends = [cursor ? toUuid(cursor) : null, to, lastUuid];
  const end = ends.filter((id) => id !== null).sort()[0];
  const same = actor_id
    ? Prisma.sql`actor_id = ${toUuid(actor_id)}::uuid`
    : Prisma.sql`TRUE`;
  const within = [
    same,
    // Pairs, so that only the index by action has this order: by id alone, a rare one is far away.
    Prisma.sql`(action, id) < (actions.action, ${end}::uuid)`,
    Prisma.sql`(action, id) >= (actions.action, ${from ?? firstUuid}::uuid)`,
    ...(gte ? [Prisma.sql`created_at >= ${gte}`] : []),
    ...(lte ? [Prisma.sql`created_at <= ${lte}`] : []),
  ];
  const wanted =
    action === "" || action.endsWith(".")
      ? Prisma.sql`starts_with(actions.action, ${action})`
      : Prisma.sql`actions.action = ${action}`;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE actions AS (
      (SELECT action FROM audit_log WHERE ${same} ORDER BY action LIMIT 1)
      UNION ALL
      SELECT (SELECT l.action FROM audit_log l WHERE ${same} AND l.action > actions.action
              ORDER BY l.action LIMIT 1)
      FROM actions WHERE actions.action IS NOT NULL)
    SELECT newest.id::text AS id
    FROM actions CROSS JOIN LATERAL (
      SELECT id FROM audit_log WHERE ${Prisma.join(within, " AND ")}
      ORDER BY action DESC, id DESC LIMIT ${take}) newest
    WHERE ${wanted}
    ORDER BY newest.id DESC LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

const firstUuid = "00000000-0000-0000-0000-000000000000";
const lastUuid = "ffffffff-ffff-ffff-ffff-ffffffffffff";

// Ids say their time, so the index by id finds a period. Those of before say it a little later or
// earlier than `created_at` does.
const driftSeconds = 60;

function bounds(filter: EntryFilter) {
  const instant = (text: string | undefined) =>
    text === undefined ? null : new Date(text);
  const gte = instant(filter["created[gte]"]);
  const lte = instant(filter["created[lte]"]);
  return {
    gte,
    lte,
    from: gte && firstUuidOf(addSeconds(gte, -driftSeconds)),
    to: lte && firstUuidOf(addSeconds(lte, driftSeconds)),
  };
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
  const actorPrefix = actorPrefixes[row.actor_kind] ?? "usr";
  return {
    id: fromUuid("aud", row.id),
    action: row.action,
    actor: {
      kind: row.actor_kind as AuditEntry["actor"]["kind"], // Safe: a CHECK constraint.
      id: row.actor_id && fromUuid(actorPrefix, row.actor_id),
      name: row.actor_name,
    },
    on_behalf_of: row.on_behalf_of_id
      ? {
          id: fromUuid("cus", row.on_behalf_of_id),
          name: row.on_behalf_of ?? "",
        }
      : null,
    target: {
      kind: row.target_kind,
      // Safe: record() takes no other kinds.
      id: fromUuid(
        targetPrefixes[row.target_kind as TargetKind],
        row.target_id,
      ),
    },
    customer_id: row.customer_id && fromUuid("cus", row.customer_id),
    before: row.before as AuditEntry["before"], // Safe: insertEntry writes objects only.
    after: row.after as AuditEntry["after"],
    ip: row.ip,
    request_id: row.request_id,
    created_at: row.created_at.toISOString(),
  };
}
