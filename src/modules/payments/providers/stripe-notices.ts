import type { ProviderNotice } from "../provider";
import { ourId } from "./our-id";
import { fromStripe } from "./stripe-amounts";
import type { Stripe } from "./stripe-client";
import { idOf, instant } from "./stripe-facts";

const iso = (seconds: number | null) =>
  seconds === null ? null : instant(seconds).toISOString();

/** A subscription that Stripe bills, as those who keep subscriptions here are told of it. */
export function subscriptionNotice(
  subscription: Stripe.Subscription,
  readAt: Date,
): ProviderNotice {
  const { metadata, items, currency } = subscription;
  const [first] = items.data;
  const price = first?.price;
  // Since its version "basil" a period belongs to the item.
  const starts = items.data.map((item) => item.current_period_start);
  const ends = items.data.map((item) => item.current_period_end);
  return {
    kind: "notice",
    name: "subscription_changed",
    externalId: idOf(subscription.customer),
    customerId: ourId("cus", metadata["customer_id"]),
    payload: {
      provider_subscription_id: subscription.id,
      subscription_id: ourId("sub", metadata["subscription_id"]),
      plan_version_id: ourId(
        "plv",
        metadata["plan_version_id"] ?? price?.metadata["plan_version_id"],
      ),
      plan_code:
        metadata["plan_code"] ??
        price?.metadata["plan_code"] ??
        price?.lookup_key ??
        null,
      interval: price ? intervalOf(price) : null,
      quantity: first?.quantity ?? null,
      currency: currency.toUpperCase(),
      amount_minor: amountOf(subscription),
      status: statusOf(subscription),
      current_period_start: starts.length ? iso(Math.min(...starts)) : null,
      current_period_end: ends.length ? iso(Math.max(...ends)) : null,
      trial_end: iso(subscription.trial_end),
      cancel_at: iso(subscription.cancel_at),
      canceled_at: iso(subscription.canceled_at),
      ended_at: iso(subscription.ended_at),
      read_at: readAt.toISOString(),
    },
  };
}

const statuses = new Set([
  ...["incomplete", "incomplete_expired", "trialing", "active", "past_due"],
  ...["paused", "canceled", "unpaid"],
]);

function statusOf({ id, status }: Stripe.Subscription): string {
  if (statuses.has(status)) return status;
  throw new Error(`Stripe says ${id} is ${status}, which is not known here.`);
}

function intervalOf({ recurring }: Stripe.Price): "month" | "year" | null {
  if (recurring?.interval_count !== 1) return null;
  const known = ["month", "year"] as const;
  return known.find((one) => one === recurring.interval) ?? null;
}

// What is metered or tiered has no one price: then nobody knows the sum before it is billed.
function amountOf({ items, currency }: Stripe.Subscription): number | null {
  let sum = 0;
  for (const { price, quantity } of items.data) {
    if (price.unit_amount === null) return null;
    sum += price.unit_amount * (quantity ?? 1);
  }
  return Number(fromStripe(sum, currency).minor);
}

/** An invoice of Stripe's own. */
export function invoiceNotice(invoice: Stripe.Invoice): ProviderNotice {
  const { currency, parent } = invoice;
  const count = (amount: number) => Number(fromStripe(amount, currency).minor);
  return {
    kind: "notice",
    name: "invoice_changed",
    externalId: idOf(invoice.customer),
    customerId: ourId("cus", invoice.metadata?.["customer_id"]),
    payload: {
      provider_invoice_id: invoice.id,
      provider_subscription_id: idOf(
        parent?.subscription_details?.subscription ?? null,
      ),
      status: invoice.status,
      total_minor: count(invoice.total),
      paid_minor: count(invoice.amount_paid),
      currency: currency.toUpperCase(),
      number: invoice.number,
      hosted_url: invoice.hosted_invoice_url ?? null,
    },
  };
}
