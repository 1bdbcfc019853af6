import { customerContacts, staffContacts } from "@/modules/identity";
import {
  customerNameOf,
  notify,
  plainName,
  type Cause,
} from "@/modules/notifications";
import type { TxCtx } from "@/platform/context";
import { textOf, type Payload } from "@/platform/deliver";
import type { Listener } from "@/platform/jobs";
import { formatMoney, money } from "@/shared/money";
import { findInbound } from "../queries/inbound";
import { findPayment } from "../queries/payments";
import { invoiceAt } from "./invoice-at";

/** Who is told of what happens to money. */
export const noticeListeners: Listener[] = [
  { on: "payment.failed", run: tellFailed },
  { on: "payment_method.expiring", run: tellExpiring },
  { on: "payment.refund_failed", run: tellRefundFailed },
  { on: "payment.disputed", run: tellDisputed },
  { on: "billing.reconciled", run: tellDifferences },
  { on: "inbound_webhook.dead", run: tellDead },
];

const billingStaff = (tx: TxCtx) =>
  staffContacts(tx, ["owner", "admin", "billing"]);

// Whoever sits at the provider's page sees there that it failed.
async function tellFailed(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const id = textOf(payload, "payment_id");
  const payment = id === "" ? null : await findPayment(tx, id);
  if (payment?.status !== "failed" || payload["is_on_page"] === true) return;
  const { customer_id: customerId, invoice_id } = payment;
  const invoice = invoice_id ? await invoiceAt(tx, invoice_id) : null;
  const params = {
    number: invoice?.number ?? "–",
    amount: formatMoney(payment.amount),
    reason: sentence(payment.failure_message ?? "The card was declined."),
    customer: await customerNameOf(tx, customerId),
  };
  if (invoice)
    await notify(tx, cause, {
      event: "payment.failed",
      to: await customerContacts(tx, customerId, ["owner", "billing"]),
      customerId,
      params,
      href: `/portal/invoices/${invoice.id}`,
    });
  await notify(tx, cause, {
    event: "customer.payment_failed",
    to: await billingStaff(tx),
    customerId: null,
    params,
    href: invoice_id ? `/invoices/${invoice_id}` : `/customers/${customerId}`,
  });
}

async function tellExpiring(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  // One that is not charged anyway is no news.
  if (payload["is_default"] !== true) return;
  const customerId = textOf(payload, "customer_id");
  const ends = [payload["expires_month"], payload["expires_year"]];
  await notify(tx, cause, {
    event: "payment_method.expiring",
    to: await customerContacts(tx, customerId, ["owner", "billing"]),
    customerId,
    params: {
      card: `${textOf(payload, "brand")} ${textOf(payload, "last_four")}`.trim(),
      month: ends.map((part) => String(part).padStart(2, "0")).join("/"),
    },
    href: "/portal/payment-methods",
  });
}

async function tellDisputed(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const customerId = textOf(payload, "customer_id");
  const minor = BigInt(Number(payload["amount_minor"] ?? 0));
  await notify(tx, cause, {
    event: "payment.disputed",
    to: await billingStaff(tx),
    customerId: null,
    params: {
      customer: await customerNameOf(tx, customerId),
      amount: formatMoney(money(minor, textOf(payload, "currency"))),
      status: textOf(payload, "status"),
      provider: titleOf(payload),
    },
    href: `/customers/${customerId}/payments`,
  });
}

async function tellRefundFailed(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const payment = await findPayment(tx, textOf(payload, "payment_id"));
  const refund = payment?.refunds.find(
    ({ id }) => id === textOf(payload, "refund_id"),
  );
  if (!payment || !refund) return;
  await notify(tx, cause, {
    event: "payment.refund_failed",
    to: await billingStaff(tx),
    customerId: null,
    params: {
      customer: await customerNameOf(tx, payment.customer_id),
      amount: formatMoney(refund.amount),
      reason: sentence(refund.failure_message ?? "The provider gave no reason"),
    },
    href: `/customers/${payment.customer_id}/payments`,
  });
}

async function tellDifferences(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const differences = Number(payload["differences"] ?? 0);
  const isBalanced = payload["is_balanced"] === true;
  if (differences === 0 && isBalanced) return;
  await notify(tx, cause, {
    event: "billing.differs",
    to: await billingStaff(tx),
    customerId: null,
    params: { differences, balanced: isBalanced ? "yes" : "no" },
    href: "/payments",
  });
}

async function tellDead(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const id = textOf(payload, "inbound_webhook_id");
  const event = await findInbound(tx, id);
  // Replayed by now: it is no news.
  if (event?.status !== "dead") return;
  await notify(tx, cause, {
    event: "inbound_webhook.dead",
    to: await staffContacts(tx, ["owner", "admin", "developer"]),
    customerId: null,
    params: {
      provider: titleOf(payload),
      type: plainName(event.type),
      reason: sentence(event.last_error ?? "Unknown."),
    },
    href: "/webhooks",
  });
}

const titleOf = (payload: Payload) => {
  const name = textOf(payload, "provider");
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** Words of somebody else's, as one short sentence. */
function sentence(words: string): string {
  const plain = plainName(words);
  return /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}
