import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { sortingFew } from "@/platform/db/few";
import { pageWindow } from "@/shared/page";
import type { Customer, CustomerFilters, CustomerQuery } from "../contract";
import { nearerEnd } from "../search";
import { withUsage } from "./customers";
import { toOrder } from "./order";
import { withPlans } from "./plans";
import { toCustomer, type CustomerRow } from "./row";
import { byStatusAlone, toWhere } from "./where";

/** Matches beyond this many are not counted one by one. */
const countedAtMost = 10_000;

/** One page of customers, by a first read of ids from an index alone where the page lies deep. */
export async function findCustomers(
  ctx: Ctx,
  query: CustomerQuery,
  segment: CustomerFilters | null,
): Promise<{ items: Customer[]; total: number; exact: boolean }> {
  const where = await toWhere(ctx, [...(segment ? [segment] : []), query]);
  const { total, exact } = await countMatches(ctx, where);
  const window = exact
    ? nearerEnd(pageWindow(query), total)
    : { ...pageWindow(query), reversed: false };
  const { skip, take } = window;
  const descending = (query.sort_order === "desc") !== window.reversed;
  const orderBy = toOrder(query.sort_by, descending ? "desc" : "asc");
  const page = { where, orderBy, skip, take };
  const rows =
    take === 0
      ? []
      : (await areFew(ctx, [query.tag, segment?.tag]))
        ? await sortingFew(ctx, (tx) => tx.db.customer.findMany(page))
        : skip < 1_000
          ? await ctx.db.customer.findMany(page)
          : await findDeep(ctx, where, orderBy, skip, take);
  if (window.reversed) rows.reverse();
  const items = await withPlans(
    ctx,
    await withUsage(ctx, rows.map(toCustomer)),
  );
  return { items, total, exact };
}

/** A tag of no more customers is found by its own index, whatever the order. */
const sortedAtMost = 20_000;

/** Whether one of these tags is that of few customers; how many there are is counted already. */
async function areFew(
  ctx: Ctx,
  tags: (string | undefined)[],
): Promise<boolean> {
  const names = tags.filter((tag) => tag !== undefined);
  if (names.length === 0) return false;
  const many = await ctx.db.tag.count({
    where: { name: { in: names }, customers: { gt: sortedAtMost } },
  });
  return many < new Set(names).size;
}

async function findDeep(
  ctx: Ctx,
  where: Prisma.CustomerWhereInput,
  orderBy: Prisma.CustomerOrderByWithRelationInput[],
  skip: number,
  take: number,
): Promise<CustomerRow[]> {
  const select = { id: true };
  const found = await ctx.db.customer.findMany({
    where,
    orderBy,
    skip,
    take,
    select,
  });
  const id = { in: found.map((row) => row.id) };
  return ctx.db.customer.findMany({ where: { id }, orderBy });
}

async function countMatches(ctx: Ctx, where: Prisma.CustomerWhereInput) {
  if (byStatusAlone(where)) {
    const counts = await ctx.db.customerCount.aggregate({
      where: where.status === undefined ? {} : { status: where.status },
      _sum: { customers: true },
    });
    return { total: counts._sum.customers ?? 0, exact: true };
  }
  // Prisma counts inside a subquery with this LIMIT, so it stops there. Without an order of ours
  // it would sort all matches by id first.
  const total = await ctx.db.customer.count({
    where,
    orderBy: toOrder("created_at", "desc"),
    take: countedAtMost + 1,
  });
  return {
    total: Math.min(total, countedAtMost),
    exact: total <= countedAtMost,
  };
}
