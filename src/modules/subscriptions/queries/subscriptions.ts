import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { updateRows } from "@/platform/db/rows";
import { forMany } from "@/platform/together";
import { toUuid } from "@/shared/ids";
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
  const updated_at = tx.now();
  await updateOne(tx, {
    ...{ ...toColumns(sub, nextActionAt), updated_at },
    id: toUuid(sub.id),
  });
  return { ...sub, updatedAt: updated_at };
}

const updateOne = forMany(
  async (tx: TxCtx, rows: ({ id: string } & Record<string, unknown>)[]) => {
    await updateRows(tx, "subscriptions", rows);
    return rows.map(() => undefined);
  },
);

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
export const findLive = forMany(
  async (ctx: Ctx, customerIds: string[]): Promise<Sub[][]> => {
    const ids = customerIds.map(toUuid);
    const rows = await ctx.db.subscription.findMany({
      where: { customer_id: { in: ids }, status: { in: live } },
      orderBy: { id: "asc" },
    });
    return ids.map((id) =>
      rows.filter(({ customer_id }) => customer_id === id).map(toSub),
    );
  },
);

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

/** Whether it ever had a subscription: a trial is given once. */
export async function hasHadAny(
  ctx: Ctx,
  customerId: string,
): Promise<boolean> {
  return (await countOf(ctx, customerId)) > 0;
}
