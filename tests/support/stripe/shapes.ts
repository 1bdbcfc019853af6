import type Stripe from "stripe";

// What the stand-in keeps of Stripe's objects; the SDK's own types say how a part looks.
type Keep<T, K extends keyof T> = Pick<T, K>;

/** Stripe's objects by their `object`; what refers to another one holds its id. */
export type Things = {
  customer: Keep<
    Stripe.Customer,
    | ("id" | "object" | "created" | "livemode" | "metadata")
    | ("name" | "email" | "invoice_settings")
  > & { deleted?: true };
  payment_method: Keep<
    Stripe.PaymentMethod,
    "id" | "object" | "created" | "livemode" | "metadata" | "customer" | "type"
  > & {
    card: Pick<
      Stripe.PaymentMethod.Card,
      "brand" | "last4" | "exp_month" | "exp_year"
    >;
  };
  payment_intent: Keep<
    Stripe.PaymentIntent,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "customer")
    | ("amount" | "amount_received" | "currency" | "description" | "status")
    | ("latest_charge" | "payment_method" | "payment_method_types")
  > & {
    last_payment_error: { type: string; code: string; message: string } | null;
  };
  charge: Keep<
    Stripe.Charge,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "customer")
    | ("amount" | "amount_refunded" | "currency" | "refunded" | "disputed")
    | ("payment_intent" | "payment_method" | "status" | "paid")
  > & { payment_method_details: { type: "card" } };
  refund: Keep<
    Stripe.Refund,
    | ("id" | "object" | "created" | "metadata" | "amount" | "currency")
    | ("charge" | "payment_intent" | "reason" | "status" | "failure_reason")
  >;
  "checkout.session": Keep<
    Stripe.Checkout.Session,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "customer")
    | ("mode" | "status" | "payment_status" | "url" | "expires_at")
    | ("amount_total" | "currency" | "payment_intent" | "setup_intent")
    | ("client_reference_id" | "success_url" | "cancel_url")
  >;
  setup_intent: Keep<
    Stripe.SetupIntent,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "customer")
    | ("payment_method" | "status")
  >;
  subscription: Keep<
    Stripe.Subscription,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "customer")
    | ("status" | "currency" | "trial_end" | "cancel_at" | "canceled_at")
    | ("ended_at" | "latest_invoice")
  > & { items: { object: "list"; data: Item[] } };
  invoice: Keep<
    Stripe.Invoice,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "customer")
    | ("status" | "currency" | "total" | "amount_due" | "amount_paid")
    | ("number" | "hosted_invoice_url")
  > & {
    parent: {
      type: "subscription_details";
      subscription_details: { subscription: string };
    };
  };
  invoice_payment: Keep<
    Stripe.InvoicePayment,
    "id" | "object" | "created" | "livemode" | "invoice" | "status"
  > & { payment: { type: "payment_intent"; payment_intent: string } };
  dispute: Keep<
    Stripe.Dispute,
    | ("id" | "object" | "created" | "livemode" | "metadata" | "amount")
    | ("currency" | "charge" | "payment_intent" | "reason" | "status")
  >;
};

type Item = Pick<
  Stripe.SubscriptionItem,
  "id" | "object" | "quantity" | "current_period_start" | "current_period_end"
> & {
  price: Pick<
    Stripe.Price,
    | ("id" | "object" | "currency" | "unit_amount" | "lookup_key")
    | ("metadata" | "livemode")
  > & { recurring: { interval: "month" | "year"; interval_count: number } };
};

/** The id of what an object refers to. */
export function refOf(of: string | { id: string } | null | undefined): string {
  return typeof of === "string" ? of : (of?.id ?? "");
}

export type Kind = keyof Things;
export type Thing = Things[Kind];

/** What may be asked for whole with `expand`; `payments` of an invoice comes only so. */
export const expandable: Partial<Record<Kind, string[]>> = {
  payment_intent: ["customer", "latest_charge", "payment_method"],
  charge: ["customer", "payment_intent"],
  refund: ["charge", "payment_intent"],
  "checkout.session": ["customer", "payment_intent", "setup_intent"],
  setup_intent: ["customer", "payment_method"],
  subscription: ["customer", "latest_invoice"],
  invoice: ["customer", "payments"],
  dispute: ["charge", "payment_intent"],
};

/** How a card behaves: on the page, and when it is charged without its holder. */
export type Behavior = "pays" | "declines" | "authenticates";

export const failures = {
  declines: {
    type: "card_error",
    code: "card_declined",
    message: "Your card was declined.",
  },
  authenticates: {
    type: "card_error",
    code: "authentication_required",
    message:
      "Your card was declined. This transaction requires authentication.",
  },
} as const;
