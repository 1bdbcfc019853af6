import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { pageWindow } from "@/shared/page";
import type { Customer, CustomerQuery } from "../contract";
import { soon } from "../contract/expiry";
import { literal, nearerEnd } from "../search";
import { withUsage } from "./customers";
import { toCustomer, type CustomerRow } from "./row";

/** Matches beyond this many are not counted one by one. */
const countedAtMost = 10_000;

/** One page of customers, by a first read of ids from an index alone where the page lies deep. */
export async function findCustomers(
  ctx: Ctx,
  query: CustomerQuery,
): Promise<{ items: Customer[]; total: number; exact: boolean }> {
  const where = toWhere(query, ctx.now());
  const { total, exact } = await countMatches(ctx, query, where);
  const window = exact
    ? nearerEnd(pageWindow(query), total)
    : { ...pageWindow(query), reversed: false };
  const { skip, take } = window;
  const descending = (query.sort_order === "desc") !== window.reversed;
  const orderBy = toOrder(query.sort_by, descending ? "desc" : "asc");
  const rows =
    take === 0
      ? []
      : skip < 1_000
        ? await ctx.db.customer.findMany({ where, orderBy, skip, take })
        : await findDeep(ctx, where, orderBy, skip, take);
  if (window.reversed) rows.reverse();
  const items = await withUsage(ctx, rows.map(toCustomer));
  return { items, total, exact };
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

async function countMatches(
  ctx: Ctx,
  query: CustomerQuery,
  where: Prisma.CustomerWhereInput,
) {
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

function byStatusAlone(
  where: Prisma.CustomerWhereInput,
): where is { status?: string | { not: string } } {
  return Object.keys(where).every((name) => name === "status");
}

function toWhere(query: CustomerQuery, now: Date): Prisma.CustomerWhereInput {
  const range = <T>(gte: T | undefined, lte: T | undefined) => ({
    ...(gte !== undefined && { gte }),
    ...(lte !== undefined && { lte }),
  });
  const created = range(query["created[gte]"], query["created[lte]"]);
  const revenue = range(query["revenue[gte]"], query["revenue[lte]"]);
  const balance = range(query["balance[gte]"], query["balance[lte]"]);
  const ends = [
    range(query["expires_at[gte]"], query["expires_at[lte]"]),
    query.expires === undefined ? {} : ending(query.expires, now),
  ].filter((bounds) => Object.keys(bounds).length > 0);
  // Only active customers have access that can end.
  const isActive = query.is_active ?? (query.expires && true);
  const status =
    query.status ??
    (isActive === undefined
      ? undefined
      : isActive
        ? "active"
        : { not: "active" });
  const contradicts = [query.is_active, query.expires && true].some(
    (wanted) => wanted !== undefined && wanted !== (status === "active"),
  );
  return {
    ...(status !== undefined && { status }),
    ...(contradicts && { id: { in: [] } }),
    ...(query.search && matching(query.search)),
    ...(query.has_licenses !== undefined && {
      licenses_total: query.has_licenses ? { gt: 0 } : 0,
    }),
    ...(ends.length > 0 && {
      AND: ends.map((bounds) => ({ expires_at: bounds })),
    }),
    ...(Object.keys(created).length > 0 && { created_at: created }),
    ...(Object.keys(revenue).length > 0 && { revenue_minor: revenue }),
    ...(Object.keys(balance).length > 0 && { balance_minor: balance }),
  };
}

function ending(which: "expired" | "soon", now: Date) {
  if (which === "expired") return { lte: now };
  const { from, to } = soon(now);
  return { gt: from, lte: to };
}

// An index of trigrams finds three letters anywhere, but of fewer only the start of a word.
function matching(term: string): Prisma.CustomerWhereInput {
  const part = literal(term);
  if (term.length >= 3) return { search_text: { contains: part } };
  return {
    OR: [
      { search_text: { startsWith: part } },
      { search_text: { contains: ` ${part}` } },
    ],
  };
}

function toOrder(
  sort: CustomerQuery["sort_by"],
  direction: "asc" | "desc",
): Prisma.CustomerOrderByWithRelationInput[] {
  const tie = { id: direction };
  switch (sort) {
    case "created_at":
      return [{ created_at: direction }, tie];
    case "name":
      return [{ sort_name: direction }, tie];
    case "email":
      return [{ email: direction }];
    case "status":
      return newestWithin(direction);
    case "balance":
      return [{ balance_minor: direction }, tie];
    case "revenue":
      return [{ revenue_minor: direction }, tie];
    case "expires_at":
      return [{ expires_at: direction }, tie];
    default:
      return sort satisfies never;
  }
}

// The order of the index on status: the newest first within one when it ascends.
function newestWithin(
  status: "asc" | "desc",
): Prisma.CustomerOrderByWithRelationInput[] {
  const age = status === "asc" ? "desc" : "asc";
  return [{ status }, { created_at: age }, { id: age }];
}
