import { failures, type Behavior, type Things } from "./shapes";
import type { Store } from "./store";

type Intent = Things["payment_intent"];

/** Try to take a payment's money; what becomes of it is told by an event. */
export function attempt(
  store: Store,
  intent: Intent,
  behavior: Behavior,
  error: Intent["last_payment_error"] = null,
): Intent {
  if (behavior === "pays" && !error) return succeed(store, intent);
  intent.status = "requires_payment_method";
  intent.last_payment_error =
    error ?? failures[behavior === "pays" ? "declines" : behavior];
  store.happen("payment_intent.payment_failed", intent);
  return intent;
}

export function succeed(store: Store, intent: Intent): Intent {
  const { amount, currency, customer, metadata, id } = intent;
  const charge = store.add("charge", {
    ...{ amount, currency, customer, metadata },
    amount_refunded: 0,
    refunded: false,
    disputed: false,
    paid: true,
    status: "succeeded",
    payment_intent: id,
    payment_method:
      typeof intent.payment_method === "string" ? intent.payment_method : null,
    payment_method_details: { type: "card" },
  });
  intent.status = "succeeded";
  intent.amount_received = amount;
  intent.last_payment_error = null;
  intent.latest_charge = charge.id;
  store.happen("charge.succeeded", charge);
  store.happen("payment_intent.succeeded", intent);
  return intent;
}

/** A new payment that nobody has tried yet. */
export function openIntent(
  store: Store,
  fields: Pick<Intent, "amount" | "currency" | "customer" | "metadata"> &
    Partial<Intent>,
): Intent {
  return store.add("payment_intent", {
    amount_received: 0,
    description: null,
    status: "requires_payment_method",
    latest_charge: null,
    payment_method: null,
    payment_method_types: ["card"],
    last_payment_error: null,
    ...fields,
  });
}

/** A card that is kept for a customer, or for nobody yet. */
export function newCard(
  store: Store,
  customer: string | null,
  behavior: Behavior = "pays",
  card: Partial<Things["payment_method"]["card"]> = {},
): Things["payment_method"] {
  const method = store.add("payment_method", {
    customer,
    metadata: {},
    type: "card",
    card: {
      brand: "visa",
      last4: "4242",
      exp_month: 12,
      exp_year: 2031,
      ...card,
    },
  });
  store.behaviors.set(method.id, behavior);
  return method;
}

/** Give back money of a charge; `status` is what its bank has said by now. */
export function giveBack(
  store: Store,
  charge: Things["charge"],
  amount: number,
  fields: Partial<Things["refund"]> = {},
): Things["refund"] {
  const refund = store.add("refund", {
    amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    metadata: {},
    reason: null,
    status: "succeeded",
    ...fields,
  });
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  store.happen("refund.created", refund);
  store.happen("charge.refunded", charge);
  return refund;
}
