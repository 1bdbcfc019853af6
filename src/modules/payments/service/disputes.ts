import { record } from "@/modules/audit";
import { changeTotals, holdCustomer } from "@/modules/customers";
import { applyPayment, reopenInvoice } from "@/modules/invoices";
import { creditOf, post } from "@/modules/ledger";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { fromUuid, newId } from "@/shared/ids";
import { formatMoney, money } from "@/shared/money";
import type { DisputeState, HostedName } from "../contract/parts";
import { laterDispute } from "../payment-status";
import type { ProviderDispute } from "../provider";
import {
  changeDisputed,
  findDisputeRow,
  giveToInvoice,
  insertDispute,
  takeOfInvoice,
  updateDispute,
} from "../queries/disputes";
import { findPayment, findPaymentRow } from "../queries/payments";
import {
  toDispute,
  toPayment,
  type StoredDispute,
  type StoredPayment,
} from "../queries/row";
import { invoiceAt } from "./invoice-at";
import { least, leftOf } from "./refunds";

/**
 * What a payment's dispute has come to. Lost, its money is taken back: first credit that it had
 * left, then what it paid of invoices, which are due again. Won after that, it is given back. Each
 * is booked once, whatever comes twice or late. Null, or why it concerns nobody.
 */
export async function applyDispute(
  tx: TxCtx,
  provider: HostedName,
  fact: ProviderDispute,
): Promise<string | null> {
  const where = { provider, provider_payment_id: fact.providerPaymentId };
  const found = await findPaymentRow(tx, where);
  if (!found) return "The dispute is of no payment here.";
  await holdCustomer(tx, fromUuid("cus", found.customer_id));
  const row = await findPaymentRow(tx, where);
  if (row?.status !== "succeeded")
    throw new Error("The payment that is disputed has not come in yet.");
  const payment = toPayment(row);
  if (fact.currency !== payment.amount.currency)
    throw new Error(
      `The dispute is in ${fact.currency}, and its payment in ${payment.amount.currency}. Book it by hand.`,
    );
  const known = await findDisputeRow(tx, fact.providerDisputeId);
  const before = known && toDispute(known);
  const status = laterDispute(before?.status ?? null, fact.status);
  if (status === before?.status) return null;
  const dispute = before
    ? await updateDispute(tx, before.id, { status })
    : await insertDispute(tx, {
        id: newId("dsp"),
        ...{ paymentId: payment.id, customerId: payment.customer_id },
        ...{ status, currency: fact.currency, minor: fact.minor },
        reason: fact.reason.slice(0, 500),
        providerDisputeId: fact.providerDisputeId,
      });
  if (status === "lost") await take(tx, payment, dispute);
  if (known && before?.status === "lost")
    await giveBack(tx, payment, dispute, known);
  await told(tx, payment, dispute, before?.status ?? null);
  return null;
}

/**
 * A refund of a payment has failed, so that its money is here after all: what a dispute that was
 * lost could not take before is taken now.
 */
export async function takeWhatIsFree(
  tx: TxCtx,
  payload: Record<string, unknown>,
): Promise<void> {
  await holdCustomer(tx, String(payload["customer_id"]));
  const id = String(payload["payment_id"]);
  for (const dispute of (await findPayment(tx, id))?.disputes ?? []) {
    const payment = await findPayment(tx, id);
    if (payment && dispute.status === "lost") await take(tx, payment, dispute);
  }
}

async function take(
  tx: TxCtx,
  payment: StoredPayment,
  dispute: StoredDispute,
): Promise<void> {
  const { id, customer_id, amount, credited } = payment;
  // What went back already cannot be taken once more.
  const left = BigInt(leftOf(payment).amount);
  const before = BigInt(dispute.taken.amount);
  const minor = least(BigInt(dispute.amount.amount) - before, left);
  if (minor === 0n) return;
  const held = await creditOf(tx, customer_id, amount.currency);
  const credit = least(minor, BigInt(credited.amount), held);
  let due = 0n;
  for (const { invoice_id, pays } of payment.allocations.toReversed()) {
    const part = least(minor - credit - due, BigInt(pays.amount));
    if (part === 0n) continue;
    await takeOfInvoice(tx, id, invoice_id, part);
    await reopenInvoice(tx, invoice_id, id, part);
    due += part;
  }
  await changeDisputed(tx, id, { minor, credit });
  await updateDispute(tx, dispute.id, {
    taken_minor: { increment: minor },
    from_credit_minor: { increment: credit },
    from_invoices_minor: { increment: due },
  });
  const once = before === 0n ? "lost" : (`lost:${before}` as const);
  await book(tx, payment, dispute, once, { minor, credit, due });
}

async function giveBack(
  tx: TxCtx,
  payment: StoredPayment,
  dispute: StoredDispute,
  taken: { from_credit_minor: bigint; from_invoices_minor: bigint },
): Promise<void> {
  const { id } = payment;
  const minor = BigInt(dispute.taken.amount);
  let left = taken.from_invoices_minor;
  let credit = taken.from_credit_minor;
  let due = 0n;
  for (const { invoice_id, amount, pays } of payment.allocations) {
    const part = least(left, BigInt(amount.amount - pays.amount));
    if (part === 0n) continue;
    const { status, due: owed } = await invoiceAt(tx, invoice_id);
    const isPayable = status === "open" || status === "uncollectible";
    const back = isPayable ? least(part, BigInt(owed.amount)) : 0n;
    await giveToInvoice(tx, id, invoice_id, { minor: part, back });
    if (back > 0n) await applyPayment(tx, invoice_id, id, back);
    // Somebody paid the invoice meanwhile: then it is the customer's credit.
    credit += part - back;
    due += back;
    left -= part;
  }
  await changeDisputed(tx, id, { minor: -minor, credit: -credit });
  await updateDispute(tx, dispute.id, {
    taken_minor: 0n,
    from_credit_minor: 0n,
    from_invoices_minor: 0n,
  });
  const back = { minor: -minor, credit: -credit, due: -due };
  await book(tx, payment, dispute, "won", back);
}

async function book(
  tx: TxCtx,
  { id, customer_id, amount }: StoredPayment,
  dispute: StoredDispute,
  once: "won" | "lost" | `lost:${bigint}`,
  { minor, credit, due }: Record<"minor" | "credit" | "due", bigint>,
): Promise<void> {
  const said = formatMoney(money(minor < 0n ? -minor : minor, amount.currency));
  const booked = await post(tx, {
    kind: "dispute",
    reason: `Dispute of ${said} ${minor < 0n ? "won" : "lost"}`,
    customerId: customer_id,
    currency: amount.currency,
    paymentId: id,
    onceKey: `${dispute.id}:${once}`,
    entries: [
      { account: "customer_credit", minor: credit },
      { account: "receivable", minor: due },
      // What paid no invoice here, or credit that was spent: it is lost as a refund is.
      { account: "refunds", minor: minor - credit - due },
      { account: "cash", minor: -minor },
    ],
  });
  const customer = await holdCustomer(tx, customer_id);
  if (booked && customer.currency === amount.currency)
    await changeTotals(tx, customer_id, { revenue_minor: -minor });
}

async function told(
  tx: TxCtx,
  { id, customer_id, provider }: StoredPayment,
  { id: dispute_id, status, amount, reason }: StoredDispute,
  before: DisputeState | null,
): Promise<void> {
  await record(tx, {
    action: "payment.disputed",
    target: { kind: "payment", id },
    customerId: customer_id,
    before: before ? { dispute_id, status: before } : null,
    after: { dispute_id, status, amount, reason },
  });
  await emit(tx, {
    name: "payment.disputed",
    payload: {
      ...{ payment_id: id, customer_id, dispute_id, provider, status, reason },
      amount_minor: amount.amount,
      currency: amount.currency,
    },
  });
}
