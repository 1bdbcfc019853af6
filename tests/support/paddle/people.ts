import type { Store, Things } from "../paddle-server";
import { lineItem } from "./endpoints";

const now = () => new Date().toISOString();

/** What people do at Paddle: on its page, in its dashboard, and its own clock. */
export function paddlePeople(store: Store) {
  return {
    page(address: string) {
      const id = new URL(address).searchParams.get("_ptxn") ?? "";
      return page(store, store.get("txn", id));
    },
    /** Paddle's people decide about a refund */
    decide(id: string, status: "approved" | "rejected") {
      const adjustment = store.get("adj", id);
      adjustment.status = status;
      store.happen("adjustment.updated", adjustment);
    },
    chargeBack(transaction: string) {
      const { customer_id, currency_code, details } = store.get(
        "txn",
        transaction,
      );
      const total = details.totals["total"] ?? "0";
      const adjustment = store.add("adj", {
        ...{ action: "chargeback", type: "full", transaction_id: transaction },
        ...{ customer_id: customer_id ?? "", reason: "Fraud", currency_code },
        ...{ status: "approved", items: [], totals: { total } },
        ...{ created_at: now(), updated_at: now() },
      });
      store.happen("adjustment.created", adjustment);
      return adjustment;
    },
    /** the bank has decided for the seller: the money comes back */
    reverseChargeBack(id: string) {
      const { id: of, ...taken } = store.get("adj", id);
      const at = new Date(Date.parse(taken.created_at) + 1_000).toISOString();
      store.get("adj", of).status = "reversed";
      const adjustment = store.add("adj", {
        ...{ ...taken, action: "chargeback_reverse", status: "approved" },
        ...{ created_at: at, updated_at: at },
      });
      store.happen("adjustment.updated", store.get("adj", of));
      store.happen("adjustment.created", adjustment);
      return adjustment;
    },
    subscribe: (customer: string, amount: string) =>
      subscribe(store, customer, amount),
    change(id: string, event: string, to: Partial<Things["sub"]>) {
      const subscription = Object.assign(store.get("sub", id), to);
      store.happen(`subscription.${event}`, subscription);
    },
  };
}

function attempt(
  transaction: Things["txn"],
  fields: Partial<Things["txn"]["payments"][number]>,
) {
  transaction.payments.unshift({
    payment_attempt_id: `att_${transaction.payments.length}`,
    amount: transaction.details.totals["total"] ?? "0",
    error_code: null,
    created_at: now(),
    captured_at: null,
    ...fields,
  });
}

function page(store: Store, transaction: Things["txn"]) {
  return {
    transaction,
    decline() {
      attempt(transaction, { status: "error", error_code: "declined" });
      store.happen("transaction.payment_failed", transaction);
    },
    pay({ save = false } = {}) {
      const method = save ? card(store, transaction.customer_id ?? "") : null;
      attempt(transaction, {
        status: "captured",
        captured_at: now(),
        ...(method && { payment_method_id: method.id }),
      });
      Object.assign(transaction, { status: "paid", billed_at: now() });
      store.happen("transaction.paid", transaction);
      transaction.status = "completed";
      store.happen("transaction.completed", transaction);
    },
    cancel() {
      transaction.status = "canceled";
      store.happen("transaction.canceled", transaction);
    },
  };
}

function card(store: Store, customer_id: string) {
  const method = store.add("paymtd", {
    customer_id,
    type: "card",
    card: {
      ...{ type: "visa", last4: "4242", cardholder_name: "A" },
      ...{ expiry_month: 12, expiry_year: 2031 },
    },
    ...{ saved_at: now(), updated_at: now() },
  });
  store.happen("payment_method.saved", method);
  return method;
}

function subscribe(store: Store, customer_id: string, amount: string) {
  const price = {
    ...{
      id: "pri_1",
      product_id: "pro_1",
      quantity: { minimum: 1, maximum: 1 },
    },
    unit_price: { amount, currency_code: "USD" },
    custom_data: { plan_code: "pro" },
  };
  const billing_cycle = { interval: "month", frequency: 1 } as const;
  const subscription = store.add("sub", {
    ...{ customer_id, status: "active", currency_code: "USD" },
    ...{ custom_data: null, canceled_at: null, scheduled_change: null },
    current_billing_period: {
      starts_at: "2026-11-01T00:00:00.000Z",
      ends_at: "2026-12-01T00:00:00.000Z",
    },
    billing_cycle,
    ...{ created_at: now(), updated_at: now() },
    items: [{ quantity: 2, price, product: { id: "pro_1" } }],
  });
  store.happen("subscription.created", subscription);
  const transaction = store.add("txn", {
    ...{ status: "ready", customer_id, custom_data: null },
    ...{ currency_code: "USD", subscription_id: subscription.id },
    ...{ created_at: now(), updated_at: now(), billed_at: null },
    ...{ items: [], payments: [], checkout: null },
    details: {
      tax_rates_used: [],
      totals: { total: amount, grand_total: amount },
      line_items: [lineItem(amount)],
    },
  });
  page(store, transaction).pay();
  return { subscription, transaction };
}
