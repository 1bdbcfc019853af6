import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import { spendMeter } from "@/shared/windows";
import {
  type Boost,
  type BoostLimits,
  type BoostQuery,
  type BoostStatus,
} from "../contract/boosts";

export type NewBoost = {
  customerId: string;
  /** of a key whose own limits are raised */
  lineageId: string | null;
  limits: BoostLimits | null;
  meterId: string | null;
  /** decimal text */
  amount: string | null;
  reason: string;
  startsAt: Date;
  endsAt: Date;
  createdBy: string | null;
};

export async function insertBoost(tx: TxCtx, boost: NewBoost): Promise<Boost> {
  const { lineageId, limits } = boost;
  const row = await tx.db.boost.create({
    data: {
      id: toUuid(newId("bst")),
      subject_id: toUuid(lineageId ?? boost.customerId),
      subject_kind: lineageId ? "key" : "customer",
      customer_id: toUuid(boost.customerId),
      meter_id: boost.meterId && toUuid(boost.meterId),
      amount: boost.amount,
      per_second: limits?.per_second ?? null,
      per_minute: limits?.per_minute ?? null,
      per_hour: limits?.per_hour ?? null,
      per_day: limits?.per_day ?? null,
      per_month: limits?.per_month ?? null,
      reason: boost.reason,
      starts_at: boost.startsAt,
      ends_at: boost.endsAt,
      created_by: boost.createdBy && toUuid(boost.createdBy),
      created_at: tx.now(),
    },
    include: withMeter,
  });
  return toBoost(row, tx.now());
}

/** One of a customer's boosts, locked until the transaction ends, and its meter's id. */
export async function lockBoost(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<{ boost: Boost; meterId: string | null } | null> {
  const where = { id: toUuid(id), customer_id: toUuid(customerId) };
  await tx.db
    .$queryRaw`SELECT 1 FROM boosts WHERE id = ${where.id}::uuid FOR UPDATE`;
  const row = await tx.db.boost.findFirst({ where, include: withMeter });
  if (!row) return null;
  const meterId = row.meter_id && fromUuid("mtr", row.meter_id);
  return { boost: toBoost(row, tx.now()), meterId };
}

/**
 * End a boost now by the database's clock, which decides whether it holds; one that has not begun
 * ends where it would begin.
 */
export async function endBoost(tx: TxCtx, id: string): Promise<Boost> {
  await tx.db.$executeRaw`
    UPDATE boosts SET ends_at = greatest(starts_at, date_trunc('milliseconds', clock_timestamp()))
    WHERE id = ${toUuid(id)}::uuid`;
  const where = { id: toUuid(id) };
  const row = await tx.db.boost.findUniqueOrThrow({
    where,
    include: withMeter,
  });
  return { ...toBoost(row, tx.now()), status: "past" };
}

/** One page of a customer's boosts, the last to end first. */
export async function findBoosts(
  ctx: Ctx,
  customerId: string,
  { status, ...page }: BoostQuery,
): Promise<{ items: Boost[]; total: number }> {
  const now = ctx.now();
  const where = {
    customer_id: toUuid(customerId),
    ...(status && inStatus(status, now)),
  };
  const [rows, total] = await Promise.all([
    ctx.db.boost.findMany({
      where,
      include: withMeter,
      orderBy: [{ ends_at: "desc" }, { id: "desc" }],
      ...pageWindow(page),
    }),
    ctx.db.boost.count({ where }),
  ]);
  return { items: rows.map((row) => toBoost(row, now)), total };
}

const withMeter = { meter: { select: { name: true } } } as const;

function inStatus(status: BoostStatus, now: Date): Prisma.BoostWhereInput {
  if (status === "past") return { ends_at: { lte: now } };
  if (status === "upcoming")
    return { starts_at: { gt: now }, ends_at: { gt: now } };
  return { starts_at: { lte: now }, ends_at: { gt: now } };
}

type Row = Prisma.BoostGetPayload<{ include: typeof withMeter }>;

function toBoost(row: Row, now: Date): Boost {
  const isOfSpend = row.meter?.name === spendMeter;
  return {
    id: fromUuid("bst", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    key_id: row.subject_kind === "key" ? fromUuid("key", row.subject_id) : null,
    limits: row.meter_id ? null : limitsOf(row),
    meter: isOfSpend ? null : (row.meter?.name ?? null),
    amount: isOfSpend || !row.amount ? null : row.amount.toNumber(),
    spend: isOfSpend && row.amount ? row.amount.toFixed() : null,
    reason: row.reason,
    status: statusOf(row, now),
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    created_at: row.created_at.toISOString(),
  };
}

// One that was ended before it began starts in the future, and is over.
function statusOf(
  { starts_at, ends_at }: { starts_at: Date; ends_at: Date },
  now: Date,
): BoostStatus {
  if (ends_at <= now || ends_at <= starts_at) return "past";
  return starts_at > now ? "upcoming" : "current";
}

function limitsOf(row: Row): Record<string, number> {
  const windows = {
    per_second: row.per_second,
    per_minute: row.per_minute,
    per_hour: row.per_hour,
    per_day: row.per_day,
    per_month: row.per_month === null ? null : Number(row.per_month),
  };
  return Object.fromEntries(
    Object.entries(windows).flatMap(([name, more]) =>
      more === null ? [] : [[name, more]],
    ),
  );
}
