import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { money, type Money } from "@/shared/money";
import { pageWindow } from "@/shared/page";
import type { InvoiceQuery } from "../contract";
import { toSummary, type StoredSummary } from "./row";

/** Matches beyond this many are not counted one by one. */
const countedAtMost = 10_000;

/** One page of invoices, newest first; `visible` are the statuses that the reader may know of. */
export async function findInvoices(
  ctx: Ctx,
  query: InvoiceQuery,
  visible: string[] | null,
): Promise<{ items: StoredSummary[]; total: number; exact: boolean }> {
  const where = toWhere(query, visible, ctx.now());
  const orderBy = { id: "desc" } as const;
  const [found, total] = await Promise.all([
    // Ids from an index alone: a deep page reads no row that it does not show.
    ctx.db.invoice.findMany({
      where,
      orderBy,
      ...pageWindow(query),
      select: { id: true },
    }),
    ctx.db.invoice.count({ where, orderBy, take: countedAtMost + 1 }),
  ]);
  const rows = await ctx.db.invoice.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy,
  });
  return {
    items: rows.map((row) => toSummary(row, ctx.now())),
    total: Math.min(total, countedAtMost),
    exact: total <= countedAtMost,
  };
}

/** What is owed by currency, and how much of it is late. */
export type Outstanding = {
  count: number;
  outstanding: Money;
  overdue_count: number;
  overdue: Money;
};

export async function sumOutstanding(ctx: Ctx): Promise<Outstanding[]> {
  const rows = await ctx.db.$queryRaw<
    {
      currency: string;
      count: bigint;
      minor: bigint;
      late_count: bigint;
      late_minor: bigint;
    }[]
  >`
    SELECT currency, count(*) AS count, sum(due_minor)::bigint AS minor,
      count(*) FILTER (WHERE due_at < ${ctx.now()}) AS late_count,
      coalesce(sum(due_minor) FILTER (WHERE due_at < ${ctx.now()}), 0)::bigint AS late_minor
    FROM invoices WHERE status = 'open' GROUP BY currency ORDER BY 2 DESC`;
  return rows.map((row) => ({
    count: Number(row.count),
    outstanding: money(row.minor, row.currency),
    overdue_count: Number(row.late_count),
    overdue: money(row.late_minor, row.currency),
  }));
}

export async function findOpen(
  ctx: Ctx,
  subscriptionId: string,
): Promise<{ id: string; dueAt: Date | null }[]> {
  const rows = await ctx.db.invoice.findMany({
    where: { subscription_id: toUuid(subscriptionId), status: "open" },
    orderBy: { due_at: "asc" },
    select: { id: true, due_at: true },
  });
  return rows.map(({ id, due_at }) => ({
    id: fromUuid("ivc", id),
    dueAt: due_at,
  }));
}

/** Open invoices that are due since before their customer's now, and not marked yet. */
export async function findLate(ctx: Ctx, take: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM invoices i JOIN customers c ON c.id = i.customer_id
    WHERE i.status = 'open' AND i.overdue_at IS NULL
      AND i.due_at < coalesce(c.clock_at, ${ctx.now()})
    ORDER BY i.due_at LIMIT ${take}`;
  return rows.map(({ id }) => fromUuid("ivc", id));
}

function toWhere(
  query: InvoiceQuery,
  visible: string[] | null,
  now: Date,
): Prisma.InvoiceWhereInput {
  const { status, payment_status, customer_id, overdue, from, to, search } =
    query;
  // A typed % or _ means itself.
  const part = search?.toUpperCase().replace(/[\\%_]/g, "\\$&");
  const late = { status: "open", due_at: { lt: now } };
  return {
    AND: [
      visible ? { status: { in: visible } } : {},
      status ? { status } : {},
      overdue === undefined ? {} : overdue ? late : { NOT: late },
      from ? { created_at: { gte: new Date(from) } } : {},
      to ? { created_at: { lt: new Date(to) } } : {},
    ],
    ...(payment_status && { payment_status }),
    ...(customer_id && { customer_id: toUuid(customer_id) }),
    ...(part && { number: { contains: part } }),
  };
}
