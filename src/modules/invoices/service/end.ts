import { record } from "@/modules/audit";
import { changeTotals } from "@/modules/customers";
import { post } from "@/modules/ledger";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import type { Invoice } from "../contract";
import { updateInvoice } from "../queries/invoices";
import type { FullRow, StoredInvoice } from "../queries/row";
import { assertStatus, hold } from "./held";
import { noLongerOpen } from "./settle";
import { withNames } from "./shown";

/** Void an open invoice. Needs billing:write; throws NOT_FOUND, CONFLICT when something was paid. */
export async function voidOpenInvoice(
  ctx: Ctx,
  id: string,
  reason?: string,
): Promise<Invoice> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) =>
    withNames(tx, await voidInvoice(tx, id, reason)),
  );
}

/** Write an open invoice off. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function writeOffInvoice(
  ctx: Ctx,
  id: string,
  reason?: string,
): Promise<Invoice> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) =>
    withNames(tx, await markUncollectible(tx, id, reason)),
  );
}

/** Void an open invoice in the caller's transaction: what was booked of it is taken back. */
export async function voidInvoice(
  tx: TxCtx,
  id: string,
  reason?: string,
): Promise<StoredInvoice> {
  const held = await hold(tx, id);
  assertStatus(held, ["open"], "voided");
  const { row, now } = held;
  if (row.paid_minor > 0n || row.returned_minor > 0n)
    throw new DomainError(
      "CONFLICT",
      `${row.number} was paid in part, so it cannot be voided. Write a credit note instead.`,
    );
  await post(tx, {
    ...aboutIt(row),
    kind: "void",
    reason: `Void ${row.number}`,
    onceKey: `${id}:void`,
    entries: voidEntries(row),
  });
  return end(tx, row, "void", { voided_at: now, due_minor: 0n }, reason);
}

/**
 * Write an open invoice off in the caller's transaction: it stays due, and may still be paid. Again,
 * where a dispute has opened it since.
 */
async function markUncollectible(
  tx: TxCtx,
  id: string,
  reason?: string,
): Promise<StoredInvoice> {
  const held = await hold(tx, id);
  assertStatus(held, ["open"], "marked uncollectible");
  const { row } = held;
  await post(tx, {
    ...aboutIt(row),
    kind: "write_off",
    reason: `Written off: ${row.number}`,
    entries: [
      { account: "bad_debt", minor: row.due_minor },
      { account: "receivable", minor: -row.due_minor },
    ],
  });
  return end(tx, row, "uncollectible", {}, reason);
}

// What credit notes have taken back already is left out; credit that it took is given back.
function voidEntries(row: FullRow) {
  const left = row.total_minor - row.credited_minor;
  const tax = row.creditNotes.reduce(
    (sum, note) => sum - note.tax_minor,
    row.tax_minor,
  );
  return [
    { account: "revenue", minor: left - tax },
    { account: "tax_payable", minor: tax },
    { account: "receivable", minor: row.credit_minor - left },
    { account: "customer_credit", minor: -row.credit_minor },
  ] as const satisfies { account: string; minor: bigint }[];
}

async function end(
  tx: TxCtx,
  row: FullRow,
  status: "void" | "uncollectible",
  change: { voided_at?: Date; due_minor?: bigint },
  reason: string | undefined,
): Promise<StoredInvoice> {
  const id = fromUuid("ivc", row.id);
  const invoice = await updateInvoice(tx, {
    id,
    data: { status, ...change },
  });
  const { customer_id, subscription_id } = invoice;
  await changeTotals(tx, customer_id, noLongerOpen(row));
  const name = status === "void" ? "invoice.voided" : "invoice.uncollectible";
  await record(tx, {
    action: name,
    target: { kind: "invoice", id },
    customerId: customer_id,
    before: { status: row.status },
    after: { status, ...(reason && { reason }) },
  });
  await emit(tx, {
    name,
    payload: { invoice_id: id, customer_id, subscription_id },
  });
  return invoice;
}

function aboutIt(row: FullRow) {
  return {
    customerId: fromUuid("cus", row.customer_id),
    currency: row.currency,
    invoiceId: fromUuid("ivc", row.id),
  };
}
