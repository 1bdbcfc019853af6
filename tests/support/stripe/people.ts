import { attempt, giveBack, newCard, openIntent, succeed } from "./money";
import { refOf, type Behavior, type Things } from "./shapes";
import type { Store } from "./store";

const month = 30 * 24 * 60 * 60;

/** What people do at Stripe: on its pages, in its portal, in its dashboard, and its own clock. */
export function stripePeople(store: Store) {
  return {
    page: (address: string) => page(store, address.split("/").at(-1) ?? ""),
    card: (customer: string, behavior: Behavior = "pays") =>
      attach(store, customer, behavior),
    chooseDefault(customer: string, method: string) {
      const of = store.get("customer", customer);
      of.invoice_settings.default_payment_method = method;
      store.happen("customer.updated", of, {
        invoice_settings: { default_payment_method: null },
      });
    },
    rename(customer: string, name: string) {
      const of = store.get("customer", customer);
      const before = of.name;
      of.name = name;
      store.happen("customer.updated", of, { name: before });
    },
    deleteCustomer(customer: string) {
      const of = store.get("customer", customer);
      for (const method of store.all("payment_method"))
        if (method.customer === customer) method.customer = null;
      of.deleted = true;
      store.happen("customer.deleted", of);
    },
    changeCard(id: string, card: Partial<Things["payment_method"]["card"]>) {
      const method = store.get("payment_method", id);
      Object.assign(method.card, card);
      store.happen("payment_method.updated", method);
    },
    refund(intent: string, amount: number) {
      return giveBack(store, chargeOf(store, intent), amount);
    },
    /** refunds of this payment wait until `endRefund` */
    holdRefunds(intent: string) {
      store.behaviors.set(chargeOf(store, intent).id, "authenticates");
    },
    endRefund(id: string, status: "succeeded" | "failed") {
      const refund = store.get("refund", id);
      refund.status = status;
      if (status === "failed") {
        const charge = store.get("charge", refOf(refund.charge));
        charge.amount_refunded -= refund.amount;
        charge.refunded = false;
        refund.failure_reason = "expired_or_canceled_card";
        store.happen("refund.failed", refund);
      }
      store.happen("refund.updated", refund);
      store.happen("charge.refund.updated", refund);
      return refund;
    },
    dispute: (intent: string) => dispute(store, intent),
    closeDispute(id: string, status: "won" | "lost") {
      const found = store.get("dispute", id);
      found.status = status;
      if (status === "won")
        store.happen("charge.dispute.funds_reinstated", found);
      store.happen("charge.dispute.closed", found);
    },
    subscribe: (order: SubscriptionOrder) => subscribe(store, order),
    change: (id: string, event: string, to: Partial<Things["subscription"]>) =>
      change(store, id, event, to),
    bill: (id: string, pays?: boolean) => bill(store, id, pays),
  };
}

function chargeOf(store: Store, intent: string): Things["charge"] {
  const { latest_charge } = store.get("payment_intent", intent);
  return store.get("charge", refOf(latest_charge));
}

function attach(store: Store, customer: string, behavior: Behavior) {
  store.get("customer", customer);
  const method = newCard(store, customer, behavior);
  store.happen("payment_method.attached", method);
  return method;
}

/** A hosted page, as a browser shows it: each verb is something that its visitor does. */
function page(store: Store, id: string) {
  const session = store.get("checkout.session", id);
  const intent = store.find("payment_intent", refOf(session.payment_intent));
  const customer = refOf(session.customer);

  function open(): void {
    if (session.status !== "open")
      throw new Error(`This page is ${session.status}.`);
  }

  function complete(): void {
    session.status = "complete";
    session.url = null;
    store.happen("checkout.session.completed", session);
  }

  return {
    session,
    /** the id of its payment; empty on a page that only saves a card */
    intent: refOf(session.payment_intent),
    /** pay, or save the card on a page that only saves one */
    pay({
      save = false,
      behavior,
    }: { save?: boolean; behavior?: Behavior } = {}) {
      open();
      const isKept = save || session.mode === "setup";
      const method = isKept
        ? attach(store, customer, behavior ?? "pays")
        : null;
      const setup = store.find("setup_intent", refOf(session.setup_intent));
      if (setup && method) {
        setup.payment_method = method.id;
        setup.status = "succeeded";
        store.happen("setup_intent.succeeded", setup);
      }
      if (intent) {
        intent.payment_method = (method ?? newCard(store, null)).id;
        succeed(store, intent);
        session.payment_status = "paid";
      }
      complete();
      return method;
    },
    decline() {
      open();
      if (intent) attempt(store, intent, "declines");
    },
    /** the bank asks its holder, who has not answered yet */
    authenticate() {
      open();
      if (!intent) return;
      intent.status = "requires_action";
      intent.last_payment_error = null;
      store.happen("payment_intent.requires_action", intent);
    },
    refuseAuthentication() {
      open();
      if (!intent) return;
      attempt(store, intent, "declines", {
        type: "card_error",
        code: "payment_intent_authentication_failure",
        message: "We are unable to authenticate your payment method.",
      });
    },
    /** by a bank debit, whose money takes days */
    payLater() {
      open();
      if (intent) intent.status = "processing";
      complete();
    },
    moneyComes(doesCome: boolean) {
      if (!intent) return;
      if (doesCome) succeed(store, intent);
      else attempt(store, intent, "declines");
      session.payment_status = doesCome ? "paid" : "unpaid";
      const end = doesCome ? "succeeded" : "failed";
      store.happen(`checkout.session.async_payment_${end}`, session);
    },
    expire() {
      open();
      session.status = "expired";
      session.url = null;
      store.happen("checkout.session.expired", session);
    },
  };
}

function dispute(store: Store, intent: string): Things["dispute"] {
  const charge = chargeOf(store, intent);
  charge.disputed = true;
  const { amount, currency, id } = charge;
  const found = store.add("dispute", {
    ...{ amount, currency, charge: id, payment_intent: intent },
    metadata: {},
    reason: "fraudulent",
    status: "needs_response",
  });
  store.happen("charge.dispute.created", found);
  store.happen("charge.dispute.funds_withdrawn", found);
  return found;
}

export type SubscriptionOrder = {
  customer: string;
  amount: number;
  currency?: string;
  quantity?: number;
  interval?: "month" | "year";
  lookup_key?: string;
  metadata?: Record<string, string>;
  trial?: boolean;
};

function subscribe(store: Store, order: SubscriptionOrder) {
  const { livemode } = store;
  const { customer, amount, currency = "usd", metadata = {} } = order;
  const start = store.now();
  const subscription = store.add("subscription", {
    ...{ customer, currency, metadata },
    status: order.trial ? "trialing" : "active",
    trial_end: order.trial ? start + month : null,
    ...{ cancel_at: null, canceled_at: null, ended_at: null },
    latest_invoice: null,
    items: {
      object: "list",
      data: [
        {
          id: "si_1",
          object: "subscription_item",
          quantity: order.quantity ?? 1,
          current_period_start: start,
          current_period_end: start + month,
          price: {
            ...{ id: "price_1", object: "price", currency, livemode },
            unit_amount: amount,
            lookup_key: order.lookup_key ?? null,
            metadata: {},
            recurring: {
              interval: order.interval ?? "month",
              interval_count: 1,
            },
          },
        },
      ],
    },
  });
  store.happen("customer.subscription.created", subscription);
  return subscription;
}

function change(
  store: Store,
  id: string,
  event: string,
  to: Partial<Things["subscription"]>,
): void {
  const subscription = store.get("subscription", id);
  Object.assign(subscription, to);
  store.happen(`customer.subscription.${event}`, subscription);
}

/** Stripe bills a subscription: its own invoice, and a payment that tries to pay it. */
function bill(store: Store, id: string, pays = true): Things["invoice"] {
  const subscription = store.get("subscription", id);
  const { customer, currency, items } = subscription;
  const [item] = items.data;
  const total = (item?.price.unit_amount ?? 0) * (item?.quantity ?? 1);
  const intent = openIntent(store, {
    amount: total,
    currency,
    customer,
    metadata: {},
  });
  const invoice = store.add("invoice", {
    ...{ customer, currency, total, metadata: {} },
    ...{ amount_due: total, amount_paid: 0, status: "draft", number: null },
    hosted_invoice_url: null,
    parent: {
      type: "subscription_details",
      subscription_details: { subscription: id },
    },
  });
  store.add("invoice_payment", {
    invoice: invoice.id,
    status: "open",
    payment: { type: "payment_intent", payment_intent: intent.id },
  });
  subscription.latest_invoice = invoice.id;
  store.happen("invoice.created", invoice);
  invoice.status = "open";
  invoice.number = `S-${store.all("invoice").length}`;
  invoice.hosted_invoice_url = `https://invoice.stripe.com/i/${invoice.id}`;
  store.happen("invoice.finalized", invoice);
  attempt(store, intent, pays ? "pays" : "declines");
  if (pays) {
    invoice.status = "paid";
    invoice.amount_paid = total;
  }
  store.happen(pays ? "invoice.paid" : "invoice.payment_failed", invoice);
  return invoice;
}
