import { assertUnchanged, record } from "@/modules/audit";
import { holdBuyer, timeOf } from "@/modules/customers";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { scaled, times, toMinor } from "@/shared/decimal";
import { invalid } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import { minorDigits } from "@/shared/money";
import type {
  Invoice,
  InvoiceInput,
  InvoicePatch,
  LineInput,
} from "../contract";
import {
  deleteInvoice,
  findInvoiceId,
  deleteLines,
  findFull,
  insertInvoice,
  insertLines,
  insertTaxes,
  updateInvoice,
  type NewInvoice,
  type NewLine,
} from "../queries/invoices";
import { toInvoice, type StoredInvoice } from "../queries/row";
import { totalsOf, type Discount, type Totals } from "../contract/totals";
import { finalizeHeld } from "./finalize";
import { assertStatus, hold, type Held } from "./held";
import { reckon, reckoned, sumsOf, taxRatesFor } from "./reckon";
import { shown } from "./shown";

/** A line of a draft, and whether a discount lowers it (yes, unless said). */
export type DraftLine = NewLine & { isDiscountable?: boolean };

export type Draft = NewInvoice & {
  lines: DraftLine[];
  discount?: Discount | null;
};

/**
 * Draft an invoice in the caller's transaction; the caller has authorised. A billing key that
 * comes again makes nothing: `isNew` is false, and the id that of the first.
 */
export async function draftInvoice(
  tx: TxCtx,
  draft: Draft,
): Promise<{ id: string; isNew: boolean }> {
  const written = await write(tx, draft, false);
  if (written) return { id: fromUuid("ivc", written.held.row.id), isNew: true };
  const billing_key = draft.billingKey ?? "";
  const found = await findInvoiceId(tx, { billing_key });
  if (!found) throw new Error(`No invoice has the key ${billing_key}.`);
  return { id: fromUuid("ivc", found), isNew: false };
}

/**
 * Draft an invoice and finalize it at once, in the caller's transaction; the caller has authorised.
 * Null when its billing key has come before.
 */
export async function billInvoice(
  tx: TxCtx,
  draft: Draft,
): Promise<StoredInvoice | null> {
  const written = await write(tx, draft, true);
  return written && finalizeHeld(tx, written.held, written.totals);
}

async function write(
  tx: TxCtx,
  draft: Draft,
  isFinal: boolean,
): Promise<{ held: Held; totals: Totals } | null> {
  const customer = await holdBuyer(tx, draft.customerId);
  const now = timeOf(tx, customer);
  const lines = discounted(draft.lines, draft.discount ?? null);
  const { totals, taxes, ...taxed } = reckoned(
    await taxRatesFor(tx, customer, now),
    lines.map(({ minor, discountMinor = 0n, taxRateId = null }) => ({
      ...{ minor, discount: discountMinor, ownRateId: taxRateId },
    })),
    isFinal,
  );
  const sums = sumsOf(totals);
  const id = await insertInvoice(tx, { ...draft, sums, at: now });
  if (!id) return null;
  await insertLines(tx, {
    id,
    lines: lines.map((line, i) => ({
      ...line,
      taxRateId: taxed.lines[i]?.rateId ?? null,
      taxMinor: taxed.lines[i]?.minor ?? 0n,
    })),
  });
  await insertTaxes(tx, { id, taxes });
  const row = await findFull(tx, id);
  if (!row) throw new Error(`${id} was not written.`);
  await told(tx, "invoice.created", null, toInvoice(row, tx.now()));
  return { held: { row, customer, now }, totals };
}

/** Draft an invoice of one-off lines. Needs billing:write; throws NOT_FOUND, VALIDATION_FAILED. */
export async function createInvoice(
  ctx: Ctx,
  input: InvoiceInput,
): Promise<Invoice> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const customer = await holdBuyer(tx, input.customer_id);
    const currency = input.currency ?? customer.currency;
    const { id } = await draftInvoice(tx, {
      customerId: customer.id,
      reason: "manual",
      currency,
      memo: input.memo ?? null,
      dueAt: input.due_at ? new Date(input.due_at) : null,
      lines: input.lines.map((line, i) => toLine(line, i, currency)),
    });
    return shown(tx, await hold(tx, id));
  });
}

/** Change a draft. Needs billing:write; throws NOT_FOUND, CONFLICT once it is issued. */
export async function changeInvoice(
  ctx: Ctx,
  id: string,
  { lines, memo, due_at }: InvoicePatch,
): Promise<Invoice> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const held = await hold(tx, id);
    const before = toInvoice(held.row, tx.now());
    await assertUnchanged(tx, "invoice", before);
    assertStatus(held, ["draft"], "changed");
    if (lines) {
      await deleteLines(tx, id);
      await insertLines(tx, {
        id,
        lines: lines.map((line, i) => toLine(line, i, held.row.currency)),
      });
    }
    await updateInvoice(tx, {
      id,
      data: {
        ...(memo !== undefined && { memo }),
        ...(due_at !== undefined && { due_at: due_at && new Date(due_at) }),
      },
    });
    const after = await sumUp(tx, id);
    await told(tx, "invoice.updated", before, after);
    return shown(tx, await hold(tx, id));
  });
}

/** Delete a draft. Needs billing:write; throws NOT_FOUND, CONFLICT once it is issued. */
export async function removeInvoice(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; deleted: true }> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const held = await hold(tx, id);
    const before = toInvoice(held.row, tx.now());
    await assertUnchanged(tx, "invoice", before);
    assertStatus(held, ["draft"], "deleted");
    await deleteInvoice(tx, id);
    await told(tx, "invoice.deleted", before, null);
    return { id, deleted: true };
  });
}

async function sumUp(tx: TxCtx, id: string): Promise<StoredInvoice> {
  const { row, customer, now } = await hold(tx, id);
  const totals = await reckon(tx, row, customer, now, false);
  return updateInvoice(tx, { id, data: sumsOf(totals) });
}

function discounted(lines: DraftLine[], discount: Discount | null): NewLine[] {
  if (!discount) return lines;
  const shares = totalsOf(
    lines.map((line) => ({
      amount: line.minor,
      rate: null,
      isDiscountable: line.isDiscountable ?? true,
    })),
    discount,
  );
  return lines.map((line, i) => ({
    ...line,
    discountMinor: shares.lines[i]?.discount ?? 0n,
  }));
}

function toLine(line: LineInput, at: number, currency: string): NewLine {
  const minor = amountOf(line, at, currency);
  return {
    kind: minor < 0n ? "discount" : "one_off",
    description: line.description,
    quantity: line.quantity,
    unitPrice: line.unit_price ?? null,
    minor,
    taxRateId: line.tax_rate_id ?? null,
  };
}

function amountOf(
  { amount, quantity, unit_price }: LineInput,
  at: number,
  currency: string,
): bigint {
  if (amount && amount.currency !== currency)
    throw invalid([
      {
        field: `body.lines.${at}.amount.currency`,
        message: `must be ${currency}, as the whole invoice is`,
      },
    ]);
  const minor = amount
    ? BigInt(amount.amount)
    : toMinor(
        times(scaled(quantity), scaled(unit_price ?? "0")),
        minorDigits(currency),
      );
  if (minor < -most || minor > most)
    throw invalid([
      { field: `body.lines.${at}`, message: "comes to too large an amount" },
    ]);
  return minor;
}

// A thousand lines of this still fit what numbers hold exactly.
const most = 10n ** 12n;

async function told(
  tx: TxCtx,
  name: `invoice.${string}`,
  before: StoredInvoice | null,
  after: StoredInvoice | null,
): Promise<void> {
  const subject = after ?? before;
  if (!subject) return;
  const { id, customer_id } = subject;
  await record(tx, {
    action: name,
    target: { kind: "invoice", id },
    customerId: customer_id,
    before,
    after,
  });
  await emit(tx, { name, payload: { invoice_id: id, customer_id } });
}
