import { record } from "@/modules/audit";
import { changeTotals, holdCustomer } from "@/modules/customers";
import { creditOf, post } from "@/modules/ledger";
import { addJob } from "@/platform/add-job";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { fromUuid, newId } from "@/shared/ids";
import { formatMoney, money } from "@/shared/money";
import type { Refund, RefundInput } from "../contract";
import {
  findPayment,
  giveRefundable,
  takeRefundable,
  updatePayment,
} from "../queries/payments";
import {
  findRefundRow,
  insertRefund,
  updateRefund,
  type NewRefund,
} from "../queries/refunds";
import { toRefund, type RefundRow, type StoredPayment } from "../queries/row";
import { laterRefund } from "../payment-status";
import { tellInvoices } from "./refunded";

/** The job that has a provider give money back. */
export const refundTask = "payments_refund";

/**
 * Give a payment back, in part or whole. Money that was received by hand is back at once; a
 * provider's refund is pending until it says so. Needs billing:write; throws NOT_FOUND,
 * VALIDATION_FAILED, CONFLICT when it is more than is left.
 */
export async function refundPayment(
  ctx: Ctx,
  id: string,
  { amount, reason }: RefundInput,
): Promise<Refund> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const payment = await hold(tx, id);
    if (!payment) throw notFound("payment");
    const { currency } = payment.amount;
    if (amount && amount.currency !== currency)
      throw invalid([
        {
          field: "body.amount.currency",
          message: `must be that of the payment, ${currency}`,
        },
      ]);
    if (payment.status !== "succeeded")
      throw new DomainError(
        "CONFLICT",
        `This payment is ${payment.status}, so there is no money to give back.`,
        { status: payment.status },
      );
    const left = BigInt(leftOf(payment).amount);
    return begin(tx, payment, {
      id: newId("rfd"),
      minor: amount ? BigInt(amount.amount) : left,
      reason,
      status: firstState(payment),
    });
  });
}

/** Money that was received by hand is back at once. */
export const firstState = ({ provider }: StoredPayment) =>
  provider === "manual" ? "succeeded" : "pending";

/** Lock what a refund changes: the customer, and then read the payment. */
async function hold(tx: TxCtx, id: string): Promise<StoredPayment | null> {
  const found = await findPayment(tx, id);
  if (!found) return null;
  await holdCustomer(tx, found.customer_id);
  return findPayment(tx, id);
}

/**
 * Write a refund and book it. One that is pending is booked too, so that its credit is not spent
 * meanwhile; should it fail, it is booked back. The caller holds the customer.
 */
export async function begin(
  tx: TxCtx,
  payment: StoredPayment,
  refund: Omit<
    NewRefund,
    "paymentId" | "customerId" | "currency" | "fromCredit"
  >,
): Promise<Refund> {
  const { id, customer_id, amount } = payment;
  if (!(await takeRefundable(tx, id, refund.minor))) throw tooMuch(payment);
  // What a credit note gives back was paid of its invoice, and is no credit.
  const fromCredit = refund.creditNoteId
    ? 0n
    : await creditTaken(tx, payment, refund.minor);
  if (fromCredit > 0n)
    await updatePayment(tx, id, {
      unallocated_minor: { decrement: fromCredit },
    });
  const made = await insertRefund(tx, {
    ...refund,
    paymentId: id,
    customerId: customer_id,
    currency: amount.currency,
    fromCredit,
  });
  await book(tx, payment, made.id, refund.minor, fromCredit, "refund");
  await record(tx, {
    action: "payment.refund_started",
    target: { kind: "payment", id },
    customerId: customer_id,
    after: { refund_id: made.id, amount: made.amount, reason: refund.reason },
  });
  if (refund.status === "succeeded") await conclude(tx, payment, made);
  else if (!refund.providerRefundId)
    await addJob(tx, refundTask, { refund_id: made.id });
  return made;
}

async function creditTaken(
  tx: TxCtx,
  { customer_id, amount, credited }: StoredPayment,
  minor: bigint,
): Promise<bigint> {
  const held = await creditOf(tx, customer_id, amount.currency);
  return least(minor, BigInt(credited.amount), held);
}

/**
 * Keep a refund that began at the provider and has failed there: nothing is booked, and older news
 * that it went out finds that it has ended.
 */
export async function keepFailed(
  tx: TxCtx,
  { id, customer_id, amount }: StoredPayment,
  refund: Parameters<typeof begin>[2],
  failureMessage: string | null,
): Promise<void> {
  const made = await insertRefund(tx, {
    ...refund,
    ...{ paymentId: id, customerId: customer_id, fromCredit: 0n },
    currency: amount.currency,
  });
  await updateRefund(tx, made.id, { failure_message: failureMessage });
}

/**
 * What became of a refund; one that has ended is left as it is. Banks may send back what had gone
 * out: then it is booked back. The caller holds the customer.
 */
export async function endRefund(
  tx: TxCtx,
  row: RefundRow,
  status: "succeeded" | "failed" | "canceled",
  providerRefundId: string | null,
  failureMessage: string | null,
): Promise<Refund> {
  const before = toRefund(row);
  if (laterRefund(before.status, status) === before.status) return before;
  const payment = await findPayment(tx, fromUuid("pay", row.payment_id));
  if (!payment) throw notFound("payment");
  const refund = await updateRefund(tx, fromUuid("rfd", row.id), {
    status,
    failure_message: failureMessage?.slice(0, 500) ?? null,
    ...(providerRefundId && { provider_refund_id: providerRefundId }),
  });
  if (status === "succeeded") await conclude(tx, payment, refund);
  else await takeBack(tx, payment, refund, row);
  if (before.status === "succeeded") await tellInvoices(tx, payment);
  return refund;
}

async function takeBack(
  tx: TxCtx,
  payment: StoredPayment,
  refund: Refund,
  { amount_minor, from_credit_minor }: RefundRow,
): Promise<void> {
  const { id, customer_id } = payment;
  await giveRefundable(tx, id, amount_minor, from_credit_minor);
  const back = [-amount_minor, -from_credit_minor] as const;
  await book(tx, payment, refund.id, ...back, "refund_failed");
  await record(tx, {
    action: "payment.refund_failed",
    target: { kind: "payment", id },
    customerId: customer_id,
    after: {
      refund_id: refund.id,
      amount: refund.amount,
      failure_message: refund.failure_message,
    },
  });
  await emit(tx, {
    name: "payment.refund_failed",
    payload: { payment_id: id, customer_id, refund_id: refund.id },
  });
}

async function conclude(
  tx: TxCtx,
  payment: StoredPayment,
  refund: Refund,
): Promise<void> {
  const { id, customer_id, amount } = payment;
  await tellInvoices(tx, payment);
  const now = await findPayment(tx, id);
  const isWhole = now?.refunded.amount === amount.amount;
  await record(tx, {
    action: "payment.refunded",
    target: { kind: "payment", id },
    customerId: customer_id,
    after: { refund_id: refund.id, amount: refund.amount },
  });
  await emit(tx, {
    name: "payment.refunded",
    payload: {
      payment_id: id,
      customer_id,
      refund_id: refund.id,
      invoice_id: payment.allocations[0]?.invoice_id ?? null,
      is_whole: isWhole,
    },
  });
}

async function book(
  tx: TxCtx,
  { id, customer_id, amount }: StoredPayment,
  refundId: string,
  minor: bigint,
  fromCredit: bigint,
  once: "refund" | "refund_failed",
): Promise<void> {
  const said = formatMoney(money(minor < 0n ? -minor : minor, amount.currency));
  const booked = await post(tx, {
    kind: "refund",
    reason:
      once === "refund" ? `Refund of ${said}` : `Refund of ${said} failed`,
    customerId: customer_id,
    currency: amount.currency,
    paymentId: id,
    onceKey: `${refundId}:${once}`,
    entries: [
      { account: "customer_credit", minor: fromCredit },
      { account: "refunds", minor: minor - fromCredit },
      { account: "cash", minor: -minor },
    ],
  });
  const customer = await holdCustomer(tx, customer_id);
  if (booked && customer.currency === amount.currency)
    await changeTotals(tx, customer_id, { revenue_minor: -minor });
}

/** A refund's row, its customer locked. */
export async function holdRefund(
  tx: TxCtx,
  where: Parameters<typeof findRefundRow>[1],
): Promise<RefundRow | null> {
  const found = await findRefundRow(tx, where);
  if (!found) return null;
  await holdCustomer(tx, fromUuid("cus", found.customer_id));
  return findRefundRow(tx, where);
}

/** What of a payment can still be given back. */
export function leftOf({ amount, refunded, disputed }: StoredPayment) {
  const gone = refunded.amount + disputed.amount;
  return { ...amount, amount: amount.amount - gone };
}

function tooMuch(payment: StoredPayment): DomainError {
  const refundable = leftOf(payment);
  const { amount, refunded } = payment;
  const isAll = refunded.amount === amount.amount;
  const rest =
    refundable.amount === 0
      ? "The bank of its payer took this payment back: nothing is left to refund."
      : `Only ${formatMoney(refundable)} of this payment is left to refund. Give that much at most.`;
  return new DomainError(
    "CONFLICT",
    isAll ? "All of this payment was refunded already." : rest,
    { refundable },
  );
}

/** The least of these, and at least nothing. */
export function least(...values: bigint[]): bigint {
  const min = values.reduce((least, one) => (one < least ? one : least));
  return min > 0n ? min : 0n;
}
