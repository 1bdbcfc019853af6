import type { Ctx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Customer, CustomerFilters, CustomerQuery } from "../contract";
import { toOrder } from "./order";
import { withPlans } from "./plans";
import { toCustomer, type CustomerRow } from "./row";
import { toWhere } from "./where";

/** Public ids of customers that fit all sets of filters, in the order of ids, after one of them. */
export async function findIdsAfter(
  ctx: Ctx,
  sets: CustomerFilters[],
  after: string | null,
  take: number,
): Promise<string[]> {
  const beyond = after === null ? [] : [{ id: { gt: toUuid(after) } }];
  const rows = await ctx.db.customer.findMany({
    where: { AND: [await toWhere(ctx, sets), ...beyond] },
    orderBy: { id: "asc" },
    select: { id: true },
    take,
  });
  return rows.map(({ id }) => fromUuid("cus", id));
}

const batch = 1_000;

/** All that fit, in an order of the list, a thousand at a time: each read begins where the last ended. */
export async function* findPagesInOrder(
  ctx: Ctx,
  sets: CustomerFilters[],
  { sort_by, sort_order }: Pick<CustomerQuery, "sort_by" | "sort_order">,
): AsyncGenerator<Customer[]> {
  const where = await toWhere(ctx, sets);
  const orderBy = toOrder(sort_by, sort_order);
  let parts: Prisma.CustomerWhereInput[] = [{}];
  for (;;) {
    const rows: CustomerRow[] = [];
    for (const part of parts) {
      const take = batch - rows.length;
      if (take === 0) break;
      const query = { where: { AND: [where, part] }, orderBy, take };
      rows.push(...(await ctx.db.customer.findMany(query)));
    }
    if (rows.length > 0) yield await withPlans(ctx, rows.map(toCustomer));
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    parts = partsAfter(orderBy, last);
  }
}

/**
 * What comes after a row in an order, as ranges of its index that follow each other: those that
 * equal it in all columns but the last, then in all but the last two, and so on. A million rows of
 * one balance are so read from where the last read ended, not from the first of them.
 */
function partsAfter(
  orderBy: Prisma.CustomerOrderByWithRelationInput[],
  row: CustomerRow,
): Prisma.CustomerWhereInput[] {
  const columns = orderBy.map((order) => Object.entries(order)[0] ?? ["id"]);
  const valueOf = (name: string) => row[name as keyof CustomerRow]; // Safe: columns of the table.
  return columns.toReversed().flatMap(([name, direction], fromEnd) => {
    const equal = columns
      .slice(0, columns.length - 1 - fromEnd)
      .map(([before]) => [before, valueOf(before)] as const);
    return beyond(name, valueOf(name), direction === "desc").map((range) => ({
      ...Object.fromEntries(equal),
      [name]: range,
    }));
  });
}

// PostgreSQL puts nulls after all values, or before them where they descend.
function beyond(name: string, value: unknown, descends: boolean): unknown[] {
  if (value === null) return descends ? [{ not: null }] : [];
  if (descends) return [{ lt: value }];
  return name === "expires_at" ? [{ gt: value }, null] : [{ gt: value }];
}
