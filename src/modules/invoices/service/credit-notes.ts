import { record } from "@/modules/audit";
import { post } from "@/modules/ledger";
import { settings } from "@/modules/settings";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { divideRounded } from "@/shared/decimal";
import { DomainError, invalid } from "@/shared/errors";
import { newId, toUuid } from "@/shared/ids";
import { formatMoney, money } from "@/shared/money";
import type { CreditNote, CreditNoteInput } from "../contract";
import { insertCreditNote } from "../queries/invoices";
import type { FullRow } from "../queries/row";
import { nextNumber } from "./finalize";
import { assertStatus, hold } from "./held";
import { lower } from "./settle";

/** Where a credit note's money goes. */
type Shares = { due: bigint; credit: bigint; refund: bigint };

/**
 * Take back an amount or lines of an invoice: first of what is due, then of what was paid, which
 * becomes credit or is refunded: the payments listen to `credit_note.issued`. Never more than is
 * left of the invoice. Needs billing:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function creditInvoice(
  ctx: Ctx,
  invoiceId: string,
  input: CreditNoteInput,
): Promise<CreditNote> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const held = await hold(tx, invoiceId);
    assertStatus(held, ["open", "paid"], "credited");
    const { row, now } = held;
    const asked = askedOf(row, input);
    const tax = taxOf(row, asked);
    const shares = sharesOf(row, asked.total, input.rest);
    const { billing } = await settings(tx);
    const id = newId("crn");
    const note = await insertCreditNote(tx, {
      id: toUuid(id),
      invoice_id: row.id,
      customer_id: row.customer_id,
      number: await nextNumber(tx, held, billing.credit_note_prefix, billing),
      currency: row.currency,
      total_minor: asked.total,
      tax_minor: tax,
      reason: input.reason,
      memo: input.memo ?? null,
      to_due_minor: shares.due,
      to_credit_minor: shares.credit,
      to_refund_minor: shares.refund,
      created_at: now,
    });
    await book(tx, note, asked.total, tax, shares);
    const credited_minor = row.credited_minor + asked.total;
    const returned_minor = row.returned_minor + shares.credit + shares.refund;
    await lower(tx, held, { credited_minor, returned_minor }, null);
    await told(tx, note, shares.refund);
    return note;
  });
}

function askedOf(
  row: FullRow,
  { amount, lines }: CreditNoteInput,
): { total: bigint; tax: bigint | null } {
  const left = row.total_minor - row.credited_minor;
  const asked = amount ? ofAmount(row, amount) : ofLines(row, lines ?? []);
  if (asked.total > 0n && asked.total <= left) return asked;
  throw new DomainError(
    "CONFLICT",
    left > 0n
      ? `A credit note on ${row.number} can be of ${formatMoney(money(left, row.currency))} at most, and must be above 0.`
      : `Nothing is left of ${row.number} to credit.`,
    { left: money(left > 0n ? left : 0n, row.currency) },
  );
}

function ofAmount(
  row: FullRow,
  { amount, currency }: { amount: number; currency: string },
) {
  if (currency === row.currency) return { total: BigInt(amount), tax: null };
  throw invalid([
    { field: "body.amount.currency", message: `must be ${row.currency}` },
  ]);
}

function ofLines(row: FullRow, positions: number[]) {
  const inclusive = new Set(
    row.taxes.filter((t) => t.is_inclusive).map((t) => t.tax_rate_id),
  );
  let [total, tax] = [0n, 0n];
  for (const position of new Set(positions)) {
    const line = row.lines.find((one) => one.position === position);
    if (!line)
      throw invalid([
        { field: "body.lines", message: `has no line ${position}` },
      ]);
    const added = inclusive.has(line.tax_rate_id) ? 0n : line.tax_minor;
    total += line.amount_minor - line.discount_minor + added;
    tax += line.tax_minor;
  }
  return { total, tax };
}

// The tax of a part in the proportion of what is left, so that the last part takes the rest of it.
function taxOf(row: FullRow, asked: { total: bigint; tax: bigint | null }) {
  const left = row.total_minor - row.credited_minor;
  const taxLeft = row.creditNotes.reduce(
    (sum, note) => sum - note.tax_minor,
    row.tax_minor,
  );
  const share =
    asked.total === left || asked.tax === null
      ? divideRounded(taxLeft * asked.total, left)
      : asked.tax;
  return share < taxLeft ? share : taxLeft;
}

function sharesOf(
  row: FullRow,
  total: bigint,
  rest: "credit" | "refund",
): Shares {
  const due = total < row.due_minor ? total : row.due_minor;
  const paid = row.creditNotes.reduce(
    (sum, note) => sum - note.to_refund_minor,
    row.paid_minor,
  );
  const over = total - due;
  const left = paid > 0n ? paid : 0n;
  // What credit paid for goes back as credit: no money came that could be paid back.
  const refund = rest === "credit" ? 0n : over < left ? over : left;
  return { due, refund, credit: over - refund };
}

async function book(
  tx: TxCtx,
  note: CreditNote,
  total: bigint,
  tax: bigint,
  { due, credit, refund }: Shares,
): Promise<void> {
  await post(tx, {
    kind: "credit_note",
    reason: `Credit note ${note.number}: ${note.reason}`,
    customerId: note.customer_id,
    currency: note.total.currency,
    invoiceId: note.invoice_id,
    onceKey: note.id,
    entries: [
      { account: "revenue", minor: total - tax },
      { account: "tax_payable", minor: tax },
      { account: "receivable", minor: -due },
      { account: "customer_credit", minor: -credit },
      { account: "refunds", minor: -refund },
    ],
  });
}

async function told(tx: TxCtx, note: CreditNote, refund: bigint) {
  await record(tx, {
    action: "credit_note.issued",
    target: { kind: "invoice", id: note.invoice_id },
    customerId: note.customer_id,
    before: null,
    after: note,
  });
  await emit(tx, {
    name: "credit_note.issued",
    payload: {
      credit_note_id: note.id,
      number: note.number,
      invoice_id: note.invoice_id,
      customer_id: note.customer_id,
      currency: note.total.currency,
      refund_minor: String(refund),
    },
  });
}
