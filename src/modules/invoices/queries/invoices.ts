import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { insertOnce, insertRows, updateRows } from "@/platform/db/rows";
import { forMany } from "@/platform/together";
import { fromUuid, newUuid, toUuid } from "@/shared/ids";
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
  taxMinor?: bigint;
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

/** What an invoice comes to. */
export type Sums = {
  subtotal_minor: bigint;
  discount_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
};

/** Write a draft; null when its billing key has one already. */
export const insertInvoice = forMany(
  async (
    tx: TxCtx,
    invoices: (NewInvoice & { sums: Sums; at: Date })[],
  ): Promise<(string | null)[]> => {
    const rows = invoices.map((invoice) => ({
      id: newUuid(),
      customer_id: toUuid(invoice.customerId),
      subscription_id: invoice.subscriptionId
        ? toUuid(invoice.subscriptionId)
        : null,
      reason: invoice.reason,
      currency: invoice.currency,
      ...invoice.sums,
      period_start: invoice.periodStart ?? null,
      period_end: invoice.periodEnd ?? null,
      memo: invoice.memo ?? null,
      due_at: invoice.dueAt ?? null,
      billing_key: invoice.billingKey ?? null,
      created_at: invoice.at,
      updated_at: tx.now(),
    }));
    const added = await insertOnce(tx, "invoices", rows);
    return rows.map(({ id }) => (added.has(id) ? fromUuid("ivc", id) : null));
  },
);

/** Take the lines of a draft away, for others. */
export async function deleteLines(tx: TxCtx, id: string): Promise<void> {
  const where = { invoice_id: toUuid(id) };
  await tx.db.invoiceLine.deleteMany({ where });
}

/** Write the lines of a draft that has none. */
export const insertLines = forMany(
  async (tx: TxCtx, drafts: { id: string; lines: NewLine[] }[]) => {
    const rows = drafts.flatMap(({ id, lines }) =>
      lines.map((line, position) => ({
        id: newUuid(),
        invoice_id: toUuid(id),
        position,
        kind: line.kind,
        description: line.description,
        quantity: line.quantity ?? "1",
        unit_price: line.unitPrice ?? null,
        amount_minor: line.minor,
        discount_minor: line.discountMinor ?? 0n,
        tax_rate_id: line.taxRateId ? toUuid(line.taxRateId) : null,
        tax_minor: line.taxMinor ?? 0n,
        period_start: line.periodStart ?? null,
        period_end: line.periodEnd ?? null,
        meter_id: line.meterId ? toUuid(line.meterId) : null,
        metadata: line.metadata ?? {},
      })),
    );
    await insertRows(tx, "invoice_lines", rows);
    return drafts.map(() => undefined);
  },
);

export type LineTax = {
  position: number;
  rateId: string | null;
  minor: bigint;
};

/** The tax of each line of a draft, by position. */
export const updateLineTaxes = forMany(
  async (tx: TxCtx, drafts: { id: string; taxes: LineTax[] }[]) => {
    const each = drafts.flatMap(({ id, taxes }) =>
      taxes.map((tax) => ({ ...tax, invoice: toUuid(id) })),
    );
    const positions = each.map(({ position }) => position);
    const rates = each.map(({ rateId }) => rateId && toUuid(rateId));
    const minors = each.map(({ minor }) => minor);
    const invoices = each.map(({ invoice }) => invoice);
    await tx.db.$executeRaw`
      UPDATE invoice_lines l SET tax_rate_id = t.rate_id, tax_minor = t.minor
      FROM unnest(${invoices}::uuid[], ${positions}::int[], ${rates}::uuid[], ${minors}::bigint[])
        AS t (invoice_id, position, rate_id, minor)
      WHERE l.invoice_id = t.invoice_id AND l.position = t.position`;
    return drafts.map(() => undefined);
  },
);

export type NewTax = Omit<Prisma.InvoiceTaxCreateManyInput, "invoice_id">;

/** Write the sums of tax of a draft that has none. */
export const insertTaxes = forMany(
  async (tx: TxCtx, drafts: { id: string; taxes: NewTax[] }[]) => {
    const rows = drafts.flatMap(({ id, taxes }) =>
      taxes.map((tax) => ({ ...tax, id: newUuid(), invoice_id: toUuid(id) })),
    );
    await insertRows(tx, "invoice_taxes", rows);
    return drafts.map(() => undefined);
  },
);

/** Take the sums of tax of a draft away, for others. */
export const deleteTaxes = forMany(async (tx: TxCtx, ids: string[]) => {
  const invoice_id = { in: ids.map(toUuid) };
  await tx.db.invoiceTax.deleteMany({ where: { invoice_id } });
  return ids.map(() => undefined);
});

/** The invoice, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findInvoice(
  ctx: Ctx,
  id: string,
  owner: string | null = null,
): Promise<StoredInvoice | null> {
  const row = await findFull(ctx, id);
  const isTheirs = row && (!owner || row.customer_id === toUuid(owner));
  return isTheirs ? toInvoice(row, ctx.now()) : null;
}

export async function findInvoiceId(
  ctx: Ctx,
  where: { billing_key: string },
): Promise<string | null> {
  const row = await ctx.db.invoice.findUnique({ where, select: { id: true } });
  return row && row.id;
}

/** Whose invoice it is, to be locked first: the uuid of the customer. */
export const findOwner = forMany(
  async (ctx: Ctx, ids: string[]): Promise<(string | null)[]> => {
    const rows = await ctx.db.invoice.findMany({
      where: { id: { in: ids.map(toUuid) } },
      select: { id: true, customer_id: true },
    });
    const owners = new Map(rows.map((row) => [row.id, row.customer_id]));
    return ids.map((id) => owners.get(toUuid(id)) ?? null);
  },
);

/** The row in full, locked until the transaction ends. */
export const lockInvoice = forMany(
  async (tx: TxCtx, ids: string[]): Promise<(FullRow | null)[]> => {
    await tx.db.$queryRaw`
      SELECT 1 FROM invoices WHERE id = ANY (${ids.map(toUuid)}::uuid[]) ORDER BY id FOR UPDATE`;
    return findRows(tx, ids);
  },
);

/** Columns of an invoice to set: what is undefined stays. */
export type InvoiceChange = Partial<
  Omit<Prisma.InvoiceUncheckedCreateInput, "id" | "customer_id">
>;

/** Set columns of an invoice that is locked. */
export const updateInvoice = forMany(
  async (
    tx: TxCtx,
    changes: { id: string; data: InvoiceChange }[],
  ): Promise<StoredInvoice[]> => {
    const updated_at = tx.now();
    const rows = changes.map(({ id, data }) => ({
      ...{ ...data, updated_at },
      id: toUuid(id),
    }));
    await updateRows(tx, "invoices", rows);
    const ids = changes.map(({ id }) => id);
    return (await findRows(tx, ids)).map((row, i) => {
      if (!row) throw new Error(`${ids[i]} is gone.`);
      return toInvoice(row, tx.now());
    });
  },
);

export async function deleteInvoice(tx: TxCtx, id: string): Promise<void> {
  await tx.db.invoice.delete({ where: { id: toUuid(id) } });
}

/** The next place of a series. Its row is locked until the transaction ends: no gap, nothing twice. */
export const takePlace = forMany(
  async (tx: TxCtx, wanted: string[]): Promise<bigint[]> => {
    const rows = await tx.db.$queryRaw<{ series: string; last: bigint }[]>`
      INSERT INTO invoice_series AS s (series, last, updated_at)
      SELECT w, count(*), ${tx.now()} FROM unnest(${wanted}::text[]) w GROUP BY w ORDER BY w
      ON CONFLICT (series) DO UPDATE SET last = s.last + excluded.last, updated_at = excluded.updated_at
      RETURNING series, last`;
    const places = new Map(rows.map(({ series, last }) => [series, last]));
    // The last who asked gets the last place.
    const taken = [...wanted].reverse().map((series) => {
      const place = places.get(series);
      if (place === undefined)
        throw new Error(`The series ${series} gave no number.`);
      places.set(series, place - 1n);
      return place;
    });
    return taken.reverse();
  },
);

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

/** The row in full. */
export const findFull = forMany(findRows);

async function findRows(ctx: Ctx, ids: string[]): Promise<(FullRow | null)[]> {
  const rows = await ctx.db.invoice.findMany({
    where: { id: { in: ids.map(toUuid) } },
    include: parts,
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(toUuid(id)) ?? null);
}
