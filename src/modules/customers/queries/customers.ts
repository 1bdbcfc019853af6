import { uniqueViolation } from "@/platform/db/failures";
import { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { toJson } from "@/platform/db/rows";
import { forMany } from "@/platform/together";
import { DomainError } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Customer, CustomerStatus } from "../contract";
import { toCustomer } from "./row";

export async function findCustomer(
  ctx: Ctx,
  id: string,
): Promise<Customer | null> {
  const row = await ctx.db.customer.findUnique({ where: { id: toUuid(id) } });
  if (!row) return null;
  const [customer] = await withUsage(ctx, [toCustomer(row)]);
  return customer ?? null;
}

/** The customer as bills see it: its usage is that of the last reading. */
export const findBuyer = forMany(findBuyers);

async function findBuyers(
  ctx: Ctx,
  ids: string[],
): Promise<(Customer | null)[]> {
  const rows = await ctx.db.customer.findMany({
    where: { id: { in: [...new Set(ids)].map(toUuid) } },
  });
  const found = new Map(rows.map((row) => [row.id, toCustomer(row)]));
  return ids.map((id) => found.get(toUuid(id)) ?? null);
}

/** The same, locked until the transaction ends. */
export const lockBuyer = forMany(async (tx: TxCtx, ids: string[]) => {
  await tx.db.$queryRaw`
    SELECT 1 FROM customers WHERE id = ANY (${ids.map(toUuid)}::uuid[]) ORDER BY id FOR UPDATE`;
  return findBuyers(tx, ids);
});

/** The currency of a customer, which is locked until the transaction ends. */
export const lockCurrency = forMany(async (tx: TxCtx, ids: string[]) => {
  const rows = await tx.db.$queryRaw<{ id: string; currency: string }[]>`
    SELECT id, currency FROM customers WHERE id = ANY (${ids.map(toUuid)}::uuid[]) ORDER BY id FOR UPDATE`;
  const found = new Map(rows.map(({ id, currency }) => [id, currency]));
  return ids.map((id) => found.get(toUuid(id)) ?? null);
});

/**
 * The share of the quota or cap that each has used most of; a customer without any keeps what a
 * reading said.
 */
export async function withUsage(
  ctx: Ctx,
  customers: Customer[],
): Promise<Customer[]> {
  if (customers.length === 0) return [];
  const ids = customers.map(({ id }) => toUuid(id));
  const rows = await ctx.db.$queryRaw<{ id: string; share: number | null }[]>`
    SELECT id, usage_percentage(id) AS share FROM unnest(${ids}::uuid[]) id`;
  const shares = new Map(rows.map(({ id, share }) => [id, share]));
  return customers.map((customer) => ({
    ...customer,
    usage_percentage:
      shares.get(toUuid(customer.id)) ?? customer.usage_percentage,
  }));
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
): Promise<{
  name: string;
  status: CustomerStatus;
  currency: string;
  time_zone: string;
  joined_at: string;
} | null> {
  const row = await ctx.db.customer.findUnique({
    where: { id: toUuid(id) },
    select: {
      full_name: true,
      company_name: true,
      status: true,
      currency: true,
      time_zone: true,
      joined_at: true,
    },
  });
  return (
    row && {
      name: row.company_name ?? row.full_name,
      status: row.status as CustomerStatus, // Safe: a CHECK constraint.
      currency: row.currency,
      time_zone: row.time_zone,
      joined_at: row.joined_at.toISOString(),
    }
  );
}

/** The test clock of a customer; null for a true one, or for one whose clock is not set. */
export async function findClock(ctx: Ctx, id: string): Promise<Date | null> {
  const row = await ctx.db.customer.findUnique({
    where: { id: toUuid(id) },
    select: { is_test: true, clock_at: true },
  });
  return row?.is_test ? row.clock_at : null;
}

export async function findIdByEmail(
  ctx: Ctx,
  email: string,
): Promise<string | null> {
  const row = await ctx.db.customer.findUnique({
    where: { email },
    select: { id: true },
  });
  return row && fromUuid("cus", row.id);
}

export type NewCustomer = {
  email: string;
  full_name: string;
  company_name: string | null;
  phone: string | null;
  address: string | null;
  country: string | null;
  region: string | null;
  tax_id: string | null;
  is_tax_exempt: boolean;
  currency: string;
  time_zone: string;
  language: string;
  status: CustomerStatus;
  is_test: boolean;
  expires_at: string | null;
  external_id: string | null;
  metadata: Prisma.InputJsonObject;
  tags: string[];
  usage_percentage: number | null;
  device_count: number;
};

/** Throws CONFLICT when another customer has the email or external id. */
export async function insertCustomer(
  tx: TxCtx,
  id: string,
  data: Partial<NewCustomer> & Pick<NewCustomer, "email" | "full_name">,
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
  data: Partial<NewCustomer>,
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

const counts = [
  "licenses_total",
  "licenses_active",
  "subscriptions_total",
  "subscriptions_active",
  "domains_total",
  "device_count",
  "invoices_total",
  "invoices_outstanding",
  "invoices_overdue",
] as const;
const amounts = ["balance_minor", "revenue_minor"] as const;
const counted = [...counts, ...amounts];

/** What other modules add to the totals of a customer; minor units for money. */
export type TotalsChange = Partial<
  Record<(typeof counts)[number], number> &
    Record<(typeof amounts)[number], bigint>
> & { last_payment_at?: Date };

/** Add to the totals of a customer. */
export const addToTotals = forMany(
  async (tx: TxCtx, changes: (TotalsChange & { id: string })[]) => {
    const sums = counted.map(
      (name) => `${name} = c.${name} + coalesce(t.${name}, 0)`,
    );
    const added = counted.map((name) => `sum(${name}) AS ${name}`);
    const json = toJson(
      changes.map((change) => ({ ...change, id: toUuid(change.id) })),
    );
    await tx.db.$executeRaw`
      UPDATE customers c SET ${Prisma.raw(sums.join(", "))},
        last_payment_at = coalesce(t.last_payment_at, c.last_payment_at), updated_at = ${tx.now()}
      FROM (
        SELECT id, max(last_payment_at) AS last_payment_at, ${Prisma.raw(added.join(", "))}
        FROM json_populate_recordset(NULL::customers, ${json}::json) GROUP BY id
      ) t WHERE c.id = t.id`;
    return changes.map(() => undefined);
  },
);

/** Set the clock of a test customer. */
export async function updateClock(
  tx: TxCtx,
  id: string,
  clock_at: Date,
): Promise<void> {
  await tx.db.customer.update({
    where: { id: toUuid(id), is_test: true },
    data: { clock_at },
  });
}

export async function deleteCustomer(tx: TxCtx, id: string): Promise<void> {
  await tx.db.customer.delete({ where: { id: toUuid(id) } });
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
