import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { newId, toUuid } from "@/shared/ids";
import type { LineKind } from "../contract/parts";
import {
  parts,
  toCreditNote,
  toInvoice,
  type FullRow,
  type StoredInvoice,
} from "./row";

/** A line of a draft, before tax: minor units, negative for what is given back. */
export type NewLine = {
  kind: LineKind;
  description: string;
  /** decimal text */
  quantity?: string;
  /** decimal text in major units */
  unitPrice?: string | null;
  minor: bigint;
  discountMinor?: bigint;
  /** a rate of its own; else that of the customer's place */
  taxRateId?: string | null;
  periodStart?: Date | null;
  periodEnd?: Date | null;
  meterId?: string | null;
  metadata?: Prisma.InputJsonObject;
};

export type NewInvoice = {
  customerId: string;
  subscriptionId?: string | null;
  reason: string;
  currency: string;
  periodStart?: Date | null;
  periodEnd?: Date | null;
  memo?: string | null;
  dueAt?: Date | null;
  billingKey?: string | null;
};

/** Write a draft; null when its billing key has one already. */
export async function insertInvoice(
  tx: TxCtx,
  invoice: NewInvoice,
  now: Date,
): Promise<string | null> {
  const id = newId("ivc");
  // Not create(): a caught unique violation would poison the transaction.
  const { count } = await tx.db.invoice.createMany({
    data: {
      id: toUuid(id),
      customer_id: toUuid(invoice.customerId),
      subscription_id: invoice.subscriptionId
        ? toUuid(invoice.subscriptionId)
        : null,
      reason: invoice.reason,
      currency: invoice.currency,
      period_start: invoice.periodStart ?? null,
      period_end: invoice.periodEnd ?? null,
      memo: invoice.memo ?? null,
      due_at: invoice.dueAt ?? null,
      billing_key: invoice.billingKey ?? null,
      created_at: now,
    },
    skipDuplicates: true,
  });
  return count === 0 ? null : id;
}

/** Put these lines in the place of those that a draft has. */
export async function replaceLines(
  tx: TxCtx,
  id: string,
  lines: NewLine[],
): Promise<void> {
  const invoice_id = toUuid(id);
  await tx.db.invoiceLine.deleteMany({ where: { invoice_id } });
  await tx.db.invoiceLine.createMany({
    data: lines.map((line, position) => ({
      invoice_id,
      position,
      kind: line.kind,
      description: line.description,
      quantity: line.quantity ?? "1",
      unit_price: line.unitPrice ?? null,
      amount_minor: line.minor,
      discount_minor: line.discountMinor ?? 0n,
      tax_rate_id: line.taxRateId ? toUuid(line.taxRateId) : null,
      period_start: line.periodStart ?? null,
      period_end: line.periodEnd ?? null,
      meter_id: line.meterId ? toUuid(line.meterId) : null,
      metadata: line.metadata ?? {},
    })),
  });
}

/** The tax of each line, by position, in one statement. */
export async function updateLineTaxes(
  tx: TxCtx,
  id: string,
  taxes: { position: number; rateId: string | null; minor: bigint }[],
): Promise<void> {
  const positions = taxes.map(({ position }) => position);
  const rates = taxes.map(({ rateId }) => rateId && toUuid(rateId));
  const minors = taxes.map(({ minor }) => minor);
  await tx.db.$executeRaw`
    UPDATE invoice_lines l SET tax_rate_id = t.rate_id, tax_minor = t.minor
    FROM unnest(${positions}::int[], ${rates}::uuid[], ${minors}::bigint[]) AS t (position, rate_id, minor)
    WHERE l.invoice_id = ${toUuid(id)}::uuid AND l.position = t.position`;
}

export async function replaceTaxes(
  tx: TxCtx,
  id: string,
  taxes: Omit<Prisma.InvoiceTaxCreateManyInput, "invoice_id">[],
): Promise<void> {
  const invoice_id = toUuid(id);
  await tx.db.invoiceTax.deleteMany({ where: { invoice_id } });
  await tx.db.invoiceTax.createMany({
    data: taxes.map((tax) => ({ ...tax, invoice_id })),
  });
}

/** The invoice, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findInvoice(
  ctx: Ctx,
  id: string,
  owner: string | null = null,
): Promise<StoredInvoice | null> {
  const row = await findRow(ctx, id, owner);
  return row && toInvoice(row, ctx.now());
}

export async function findInvoiceId(
  ctx: Ctx,
  where: { billing_key: string },
): Promise<string | null> {
  const row = await ctx.db.invoice.findUnique({ where, select: { id: true } });
  return row && row.id;
}

/** Whose invoice it is, to be locked first: the uuid of the customer. */
export async function findOwner(ctx: Ctx, id: string): Promise<string | null> {
  const row = await ctx.db.invoice.findUnique({
    where: { id: toUuid(id) },
    select: { customer_id: true },
  });
  return row && row.customer_id;
}

/** The row in full, locked until the transaction ends. */
export async function lockInvoice(
  tx: TxCtx,
  id: string,
): Promise<FullRow | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM invoices WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findRow(tx, id, null);
}

export async function updateInvoice(
  tx: TxCtx,
  id: string,
  data: Prisma.InvoiceUncheckedUpdateInput,
): Promise<StoredInvoice> {
  const row = await tx.db.invoice.update({
    where: { id: toUuid(id) },
    data,
    include: parts,
  });
  return toInvoice(row, tx.now());
}

export async function deleteInvoice(tx: TxCtx, id: string): Promise<void> {
  await tx.db.invoice.delete({ where: { id: toUuid(id) } });
}

/** The next place of a series. Its row is locked until the transaction ends: no gap, nothing twice. */
export async function takePlace(tx: TxCtx, series: string): Promise<bigint> {
  const [row] = await tx.db.$queryRaw<{ last: bigint }[]>`
    INSERT INTO invoice_series AS s (series, last, updated_at) VALUES (${series}, 1, ${tx.now()})
    ON CONFLICT (series) DO UPDATE SET last = s.last + 1, updated_at = excluded.updated_at
    RETURNING last`;
  if (!row) throw new Error(`The series ${series} gave no number.`);
  return row.last;
}

export async function insertCreditNote(
  tx: TxCtx,
  data: Prisma.CreditNoteUncheckedCreateInput,
) {
  return toCreditNote(await tx.db.creditNote.create({ data }));
}

export async function countInvoices(
  tx: TxCtx,
  customerId: string,
): Promise<number> {
  const where = { customer_id: toUuid(customerId) };
  return tx.db.invoice.count({ where, take: 1_000 });
}

async function findRow(
  ctx: Ctx,
  id: string,
  owner: string | null,
): Promise<FullRow | null> {
  const where = {
    id: toUuid(id),
    ...(owner && { customer_id: toUuid(owner) }),
  };
  return ctx.db.invoice.findFirst({ where, include: parts });
}
