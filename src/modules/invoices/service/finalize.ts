import { record } from "@/modules/audit";
import { changeTotals } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { creditOf, post } from "@/modules/ledger";
import { settings } from "@/modules/settings";
import type { Settings } from "@/modules/settings/contract";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import type { Invoice, Party } from "../contract";
import { invoiceNumber, seriesOf } from "../invoice-number";
import { takePlace, updateInvoice } from "../queries/invoices";
import type { StoredInvoice } from "../queries/row";
import { assertStatus, hold, type Held } from "./held";
import { reckon, sumsOf } from "./reckon";
import { withNames } from "./shown";
import type { Totals } from "../contract/totals";

const day = 24 * 60 * 60;

/** Give a draft its number. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function issueInvoice(ctx: Ctx, id: string): Promise<Invoice> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) =>
    withNames(tx, await finalizeInvoice(tx, id)),
  );
}

/**
 * Finalize a draft in the caller's transaction; the caller has authorised. It gets the next number
 * of its series, the tax of the moment and its parties as they are; the customer's credit is taken
 * first, and it is paid when nothing is due. Throws NOT_FOUND, CONFLICT.
 */
export async function finalizeInvoice(
  tx: TxCtx,
  id: string,
): Promise<StoredInvoice> {
  const held = await hold(tx, id);
  assertStatus(held, ["draft"], "finalized");
  assertReady(held);
  const { row, customer, now } = held;
  return finalizeHeld(tx, held, await reckon(tx, row, customer, now, true));
}

function assertReady({ row, now }: Held): void {
  if (row.lines.length === 0)
    throw new DomainError(
      "CONFLICT",
      "This draft has no lines. Add one first.",
    );
  if (row.due_at && row.due_at < now)
    throw new DomainError(
      "CONFLICT",
      "The draft's due date has passed. Choose a later one, or none.",
    );
}

/** Give a draft that is locked, and whose tax is that of the moment, its number, and book it. */
export async function finalizeHeld(
  tx: TxCtx,
  held: Held,
  totals: Totals,
): Promise<StoredInvoice> {
  const { row, customer, now } = held;
  const credit = await creditFor(tx, customer, row.currency, totals.total);
  const { billing, company } = await settings(tx);
  const due = totals.total > credit ? totals.total - credit : 0n;
  const number = await nextNumber(tx, held, billing.invoice_prefix, billing);
  const invoice = await updateInvoice(tx, {
    id: fromUuid("ivc", row.id),
    data: {
      number,
      status: due === 0n ? "paid" : "open",
      payment_status: due === 0n ? "paid" : "unpaid",
      ...(due === 0n && { paid_at: now }),
      ...sumsOf(totals),
      credit_minor: credit,
      due_minor: due,
      seller: sellerOf(billing, company),
      buyer: buyerOf(customer),
      issued_at: now,
      due_at: row.due_at ?? addSeconds(now, billing.payment_terms_days * day),
    },
  });
  await book(tx, invoice, totals, credit);
  await changeTotals(tx, customer.id, {
    invoices_total: 1,
    ...(due > 0n && { invoices_outstanding: 1 }),
  });
  await told(tx, invoice);
  return invoice;
}

/** The next number of a kind of paper, taken under its series' lock. Test customers have their own. */
export async function nextNumber(
  tx: TxCtx,
  { customer, now }: Held,
  prefix: string,
  { time_zone }: Settings["billing"],
): Promise<string> {
  const kind = customer.is_test ? `TEST-${prefix}` : prefix;
  const series = seriesOf(kind, now, time_zone);
  return invoiceNumber(series, await takePlace(tx, series));
}

async function creditFor(
  tx: TxCtx,
  customer: Customer,
  currency: string,
  total: bigint,
): Promise<bigint> {
  if (total <= 0n) return 0n;
  const held = await creditOf(tx, customer.id, currency);
  if (held <= 0n) return 0n;
  return held < total ? held : total;
}

async function book(
  tx: TxCtx,
  invoice: StoredInvoice,
  { total, subtotal, tax }: Totals,
  credit: bigint,
): Promise<void> {
  const about = {
    customerId: invoice.customer_id,
    currency: invoice.currency,
    invoiceId: invoice.id,
  };
  await post(tx, {
    ...about,
    kind: "invoice",
    reason: `Invoice ${invoice.number}`,
    onceKey: `${invoice.id}:finalized`,
    entries: [
      { account: "receivable", minor: total },
      { account: "revenue", minor: -subtotal },
      { account: "tax_payable", minor: -tax },
    ],
  });
  // What an invoice gives back, since its lines come to less than nothing, becomes credit.
  const taken = total < 0n ? total : credit;
  await post(tx, {
    ...about,
    kind: "credit",
    reason:
      taken < 0n
        ? `Credit from invoice ${invoice.number}`
        : `Credit taken by invoice ${invoice.number}`,
    onceKey: `${invoice.id}:credit`,
    entries: [
      { account: "customer_credit", minor: taken },
      { account: "receivable", minor: -taken },
    ],
  });
}

async function told(tx: TxCtx, invoice: StoredInvoice): Promise<void> {
  const { id, customer_id, subscription_id, number, reason } = invoice;
  await record(tx, {
    action: "invoice.finalized",
    target: { kind: "invoice", id },
    customerId: customer_id,
    before: { status: "draft" },
    after: { status: invoice.status, number, total: invoice.total },
  });
  const payload = { invoice_id: id, customer_id, subscription_id, reason };
  await emit(tx, { name: "invoice.finalized", payload });
  if (invoice.status === "paid")
    await emit(tx, {
      name: "invoice.paid",
      payload: { ...payload, payment_id: null },
    });
}

function sellerOf(
  billing: Settings["billing"],
  company: Settings["company"],
): Party & { footer: string | null } {
  return {
    name: billing.legal_name ?? company.name,
    email: company.support_email,
    address: billing.address,
    country: billing.country,
    tax_id: billing.tax_id,
    footer: billing.footer,
  };
}

function buyerOf(customer: Customer): Party {
  return {
    name: customer.name,
    email: customer.email,
    address: customer.address,
    country: customer.country,
    tax_id: customer.tax_id,
  };
}
