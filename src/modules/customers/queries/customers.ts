import { uniqueViolation } from "@/platform/db/failures";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import { pageWindow } from "@/shared/page";
import type { Customer, CustomerQuery, CustomerStatus } from "../contract";
import { literal, nearerEnd } from "../search";

/** Matches beyond this many are not counted one by one. */
const countedAtMost = 10_000;

export async function findCustomer(
  ctx: Ctx,
  id: string,
): Promise<Customer | null> {
  const row = await ctx.db.customer.findUnique({ where: { id: toUuid(id) } });
  return row && toCustomer(row);
}

/** The row, locked until the transaction ends. */
export async function lockCustomer(
  tx: TxCtx,
  id: string,
): Promise<Customer | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM customers WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findCustomer(tx, id);
}

export async function findStatus(
  ctx: Ctx,
  id: string,
): Promise<{ name: string; status: CustomerStatus } | null> {
  const row = await ctx.db.customer.findUnique({
    where: { id: toUuid(id) },
    select: { full_name: true, company_name: true, status: true },
  });
  return (
    row && {
      name: row.company_name ?? row.full_name,
      status: row.status as CustomerStatus, // Safe: a CHECK constraint.
    }
  );
}

export async function findNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await ctx.db.customer.findMany({
    where: { id: { in: ids.map(toUuid) } },
    select: { id: true, full_name: true, company_name: true },
  });
  return new Map(
    rows.map((row) => [
      fromUuid("cus", row.id),
      row.company_name ?? row.full_name,
    ]),
  );
}

export type CustomerRow = {
  email: string;
  full_name: string;
  company_name: string | null;
  phone: string | null;
  address: string | null;
  country: string | null;
  currency: string;
  time_zone: string;
  language: string;
  status: CustomerStatus;
  expires_at: string | null;
  external_id: string | null;
  metadata: Prisma.InputJsonObject;
  usage_percentage: number | null;
  device_count: number;
};

/** Throws CONFLICT when another customer has the email or external id. */
export async function insertCustomer(
  tx: TxCtx,
  id: string,
  data: Partial<CustomerRow> & Pick<CustomerRow, "email" | "full_name">,
): Promise<Customer> {
  const now = tx.now();
  const row = await refuseTaken(
    tx.db.customer.create({
      data: { ...data, id: toUuid(id), joined_at: now, created_at: now },
    }),
  );
  return toCustomer(row);
}

export async function updateCustomer(
  tx: TxCtx,
  id: string,
  data: Partial<CustomerRow>,
): Promise<Customer> {
  const row = await refuseTaken(
    tx.db.customer.update({ where: { id: toUuid(id) }, data }),
  );
  return toCustomer(row);
}

export async function insertReading(
  tx: TxCtx,
  id: string,
  reading: {
    usage_percentage?: number | undefined;
    device_count?: number | undefined;
  },
): Promise<void> {
  await tx.db.usageReading.create({
    data: {
      customer_id: toUuid(id),
      usage_percentage: reading.usage_percentage ?? null,
      device_count: reading.device_count ?? null,
      created_at: tx.now(),
    },
  });
}

export async function addToBalance(
  tx: TxCtx,
  id: string,
  minor: bigint,
): Promise<void> {
  await tx.db.customer.update({
    where: { id: toUuid(id) },
    data: { balance_minor: { increment: minor } },
  });
}

export async function countExpiring(
  ctx: Ctx,
  from: Date,
  to: Date,
): Promise<number> {
  const where = { expires_at: { gte: from, lt: to }, status: "active" };
  return ctx.db.customer.count({ where, take: 1_000 });
}

export async function deleteCustomer(tx: TxCtx, id: string): Promise<void> {
  await tx.db.customer.delete({ where: { id: toUuid(id) } });
}

/** One page of customers, by a first read of ids from an index alone where the page lies deep. */
export async function findCustomers(
  ctx: Ctx,
  query: CustomerQuery,
): Promise<{ items: Customer[]; total: number; exact: boolean }> {
  const where = toWhere(query);
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
  return { items: rows.map(toCustomer), total, exact };
}

async function findDeep(
  ctx: Ctx,
  where: Prisma.CustomerWhereInput,
  orderBy: Prisma.CustomerOrderByWithRelationInput[],
  skip: number,
  take: number,
): Promise<Row[]> {
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
  // Prisma counts inside a subquery with this LIMIT, so it stops there.
  const total = await ctx.db.customer.count({ where, take: countedAtMost + 1 });
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

function toWhere(query: CustomerQuery): Prisma.CustomerWhereInput {
  const range = <T>(gte: T | undefined, lte: T | undefined) => ({
    ...(gte !== undefined && { gte }),
    ...(lte !== undefined && { lte }),
  });
  const created = range(query["created[gte]"], query["created[lte]"]);
  const revenue = range(query["revenue[gte]"], query["revenue[lte]"]);
  const balance = range(query["balance[gte]"], query["balance[lte]"]);
  const status =
    query.status ??
    (query.is_active === undefined
      ? undefined
      : query.is_active
        ? "active"
        : { not: "active" });
  const contradicts =
    query.status !== undefined &&
    query.is_active !== undefined &&
    query.is_active !== (query.status === "active");
  return {
    ...(status !== undefined && { status }),
    ...(contradicts && { id: { in: [] } }),
    ...(query.search && { search_text: { contains: literal(query.search) } }),
    ...(query.has_licenses !== undefined && {
      licenses_total: query.has_licenses ? { gt: 0 } : 0,
    }),
    ...(Object.keys(created).length > 0 && { created_at: created }),
    ...(Object.keys(revenue).length > 0 && { revenue_minor: revenue }),
    ...(Object.keys(balance).length > 0 && { balance_minor: balance }),
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

async function refuseTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const columns = uniqueViolation(error);
    if (columns === null) throw error;
    const field = columns.includes("external_id") ? "external_id" : "email";
    throw new DomainError(
      "CONFLICT",
      `Another customer has this ${field}. Use another one, or update that customer.`,
      { fields: [{ field, message: "is used by another customer" }] },
    );
  }
}

type Row = Prisma.CustomerGetPayload<object>;

function toCustomer(row: Row): Customer {
  const iso = (at: Date | null) => at && at.toISOString();
  return {
    id: fromUuid("cus", row.id),
    name: row.company_name ?? row.full_name,
    email: row.email,
    full_name: row.full_name,
    company_name: row.company_name,
    phone: row.phone,
    address: row.address,
    country: row.country,
    currency: row.currency,
    time_zone: row.time_zone,
    language: row.language,
    status: row.status as CustomerStatus, // Safe: a CHECK constraint.
    is_active: row.status === "active",
    expires_at: iso(row.expires_at),
    external_id: row.external_id,
    metadata: row.metadata as Record<string, unknown>, // Safe: written as an object.
    balance: money(row.balance_minor, row.currency),
    total_revenue: money(row.revenue_minor, row.currency),
    total_licenses: row.licenses_total,
    active_licenses: row.licenses_active,
    total_subscriptions: row.subscriptions_total,
    active_subscriptions: row.subscriptions_active,
    total_domains: row.domains_total,
    total_invoices: row.invoices_total,
    outstanding_invoices: row.invoices_outstanding,
    overdue_invoices: row.invoices_overdue,
    usage_percentage: row.usage_percentage,
    device_count: row.device_count,
    last_payment_at: iso(row.last_payment_at),
    joined_at: row.joined_at.toISOString(),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
