import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { pageWindow, type PageQuery } from "@/shared/page";
import { hasEnded } from "../status";
import { subscriptionStatuses } from "../contract/parts";
import type { Sub } from "../subscription";
import { toColumns, toSub } from "./row";

/** Matches beyond this many are not counted one by one. */
const countedAtMost = 10_000;
const live = subscriptionStatuses.filter((status) => !hasEnded(status));

export async function insertSub(
  tx: TxCtx,
  sub: Sub,
  nextActionAt: Date | null,
): Promise<void> {
  await tx.db.subscription.create({
    data: {
      ...toColumns(sub, nextActionAt),
      id: toUuid(sub.id),
      created_at: sub.createdAt,
    },
  });
}

export async function updateSub(
  tx: TxCtx,
  sub: Sub,
  nextActionAt: Date | null,
): Promise<Sub> {
  const row = await tx.db.subscription.update({
    where: { id: toUuid(sub.id) },
    data: toColumns(sub, nextActionAt),
  });
  return toSub(row);
}

/** The subscription, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findSub(
  ctx: Ctx,
  id: string,
  owner: string | null = null,
): Promise<Sub | null> {
  const row = await ctx.db.subscription.findFirst({
    where: { id: toUuid(id), ...(owner && { customer_id: toUuid(owner) }) },
  });
  return row && toSub(row);
}

export async function findByProvider(
  ctx: Ctx,
  provider: string,
  provider_subscription_id: string,
): Promise<Sub | null> {
  const row = await ctx.db.subscription.findFirst({
    where: { provider, provider_subscription_id },
  });
  return row && toSub(row);
}

/** The same, locked until the transaction ends; the caller has locked its customer. */
export async function lockSub(tx: TxCtx, id: string): Promise<Sub | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findSub(tx, id);
}

/** Those of a customer that have not ended, the first opened first. */
export async function findLive(ctx: Ctx, customerId: string): Promise<Sub[]> {
  const rows = await ctx.db.subscription.findMany({
    where: { customer_id: toUuid(customerId), status: { in: live } },
    orderBy: { id: "asc" },
  });
  return rows.map(toSub);
}

export async function countOf(tx: Ctx, customerId: string): Promise<number> {
  const where = { customer_id: toUuid(customerId) };
  return tx.db.subscription.count({ where, take: 1_000 });
}

export type ListFilter = PageQuery & {
  status?: string | undefined;
  customer_id?: string | undefined;
  /** versions of the plan that is looked for; null: any */
  versions: string[] | null;
};

/** One page, newest first. */
export async function findSubs(
  ctx: Ctx,
  filter: ListFilter,
): Promise<{ items: Sub[]; total: number; exact: boolean }> {
  const { status, customer_id, versions } = filter;
  const where: Prisma.SubscriptionWhereInput = {
    ...(status && { status }),
    ...(customer_id && { customer_id: toUuid(customer_id) }),
    ...(versions && { plan_version_id: { in: versions.map(toUuid) } }),
  };
  const orderBy = { id: "desc" } as const;
  const [found, total] = await Promise.all([
    // Ids from an index alone: a deep page reads no row that it does not show.
    ctx.db.subscription.findMany({
      where,
      orderBy,
      ...pageWindow(filter),
      select: { id: true },
    }),
    ctx.db.subscription.count({ where, orderBy, take: countedAtMost + 1 }),
  ]);
  const rows = await ctx.db.subscription.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy,
  });
  return {
    items: rows.map(toSub),
    total: Math.min(total, countedAtMost),
    exact: total <= countedAtMost,
  };
}

/** Something of whom, and when, the clock has to look at. */
export type Due = { id: string; customerId: string; at: Date };

/**
 * What is due by now, of all whose clock is the true one, in the order of time; after the last one
 * of the page before.
 */
export async function findDue(
  ctx: Ctx,
  now: Date,
  after: Due | null,
  take: number,
): Promise<Due[]> {
  const from = after?.at ?? new Date(0);
  const id = after ? toUuid(after.id) : "00000000-0000-0000-0000-000000000000";
  const rows = await ctx.db.$queryRaw<
    { id: string; customer_id: string; next_action_at: Date }[]
  >`
    SELECT s.id, s.customer_id, s.next_action_at
    FROM subscriptions s JOIN customers c ON c.id = s.customer_id
    WHERE s.next_action_at <= ${now}::timestamptz AND c.clock_at IS NULL
      AND (s.next_action_at, s.id) > (${from}::timestamptz, ${id}::uuid)
    ORDER BY s.next_action_at, s.id LIMIT ${take}`;
  return rows.map((row) => ({
    id: fromUuid("sub", row.id),
    customerId: fromUuid("cus", row.customer_id),
    at: row.next_action_at,
  }));
}

/** What of a customer is due next, by an instant. */
export async function findNextOf(
  ctx: Ctx,
  customerId: string,
  by: Date,
): Promise<Due | null> {
  const row = await ctx.db.subscription.findFirst({
    where: { customer_id: toUuid(customerId), next_action_at: { lte: by } },
    orderBy: [{ next_action_at: "asc" }, { id: "asc" }],
    select: { id: true, next_action_at: true },
  });
  return row?.next_action_at
    ? { id: fromUuid("sub", row.id), customerId, at: row.next_action_at }
    : null;
}

/**
 * Lock a customer and one of its subscriptions, unless another process works on that customer. Null
 * when it does, or when the clock has nothing to do here any more.
 */
export async function claimDue(
  tx: TxCtx,
  { id, customerId }: Due,
  by: Date,
): Promise<Sub | null> {
  const held = await tx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM customers WHERE id = ${toUuid(customerId)}::uuid FOR UPDATE SKIP LOCKED`;
  if (held.length === 0) return null;
  const due = await tx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM subscriptions
    WHERE id = ${toUuid(id)}::uuid AND next_action_at <= ${by}::timestamptz FOR UPDATE`;
  return due.length === 0 ? null : findSub(tx, id);
}

/** Whether it ever had a subscription: a trial is given once. */
export async function hasHadAny(
  ctx: Ctx,
  customerId: string,
): Promise<boolean> {
  return (await countOf(ctx, customerId)) > 0;
}
