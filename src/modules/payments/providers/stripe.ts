import { createHash } from "node:crypto";
import Stripe from "stripe";
import type { Customer } from "@/modules/customers/contract";
import type { Ctx } from "@/platform/context";
import type {
  ChargeOrder,
  CheckoutOrder,
  HostedProvider,
  ProviderPayment,
  RefundOrder,
} from "../provider";
import { fromStripe, toStripe } from "./stripe-amounts";
import { asked, each, found, isMissing, stripe as api } from "./stripe-client";
import { handlesStripe, readStripe, verifyStripe } from "./stripe-events";
import { instant, paymentFact, refundFact } from "./stripe-facts";

/** Stripe, by its hosted pages: no card data comes here. Each order has an id of ours as its key. */
export const stripe: HostedProvider = {
  name: "stripe",
  title: "Stripe",
  createCustomer,
  createCheckout,
  charge,
  refund,
  detach,
  portal: async (_ctx, customer, return_url) => {
    const session = await asked(
      api().billingPortal.sessions.create({ customer, return_url }),
    );
    return session.url;
  },
  verify: verifyStripe,
  handles: handlesStripe,
  read: readStripe,
  payments,
};

async function createCustomer(
  _ctx: Ctx,
  { id, name, email }: Customer,
  gone: string | null,
): Promise<string> {
  const customer = { name, email, metadata: { customer_id: id } };
  // Asked again with another name, or once it was deleted there, it is another order.
  const digest = createHash("sha256")
    .update(JSON.stringify([customer, gone]))
    .digest("hex");
  const idempotencyKey = `${id}:${digest.slice(0, 16)}`;
  const made = await asked(
    api().customers.create(customer, { idempotencyKey }),
  );
  return made.id;
}

async function createCheckout(_ctx: Ctx, order: CheckoutOrder) {
  const { checkoutId, returnUrl, cancelUrl, externalId } = order;
  const session = await asked(
    api().checkout.sessions.create(
      {
        ...(order.payment ? paid(order, order.payment) : saved(order)),
        customer: externalId,
        client_reference_id: checkoutId,
        success_url: returnUrl,
        cancel_url: cancelUrl,
      },
      { idempotencyKey: checkoutId },
    ),
  );
  if (!session.url) throw new Error(`${session.id} has no page.`);
  const { id, url, expires_at } = session;
  return { id, url, expiresAt: instant(expires_at) };
}

function paid(
  { checkoutId, customerId }: CheckoutOrder,
  payment: NonNullable<CheckoutOrder["payment"]>,
): Stripe.Checkout.SessionCreateParams {
  const { minor, currency, description, invoiceId } = payment;
  const metadata = {
    checkout_id: checkoutId,
    customer_id: customerId,
    invoice_id: invoiceId,
  };
  return {
    mode: "payment",
    metadata,
    payment_intent_data: { metadata, description },
    // The page asks whether the card may be kept.
    saved_payment_method_options: { payment_method_save: "enabled" },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: toStripe(minor, currency),
          product_data: { name: description },
        },
      },
    ],
  };
}

function saved({
  checkoutId,
  customerId,
}: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { checkout_id: checkoutId, customer_id: customerId };
  return {
    mode: "setup",
    metadata,
    setup_intent_data: { metadata },
    allowed_payment_method_types: ["card"],
  };
}

async function charge(_ctx: Ctx, order: ChargeOrder): Promise<ProviderPayment> {
  const { minor, currency, paymentId, description } = order;
  const work = api().paymentIntents.create(
    {
      amount: toStripe(minor, currency),
      currency: currency.toLowerCase(),
      customer: order.externalId,
      payment_method: order.providerMethodId,
      confirm: true,
      off_session: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      description,
      metadata: {
        payment_id: paymentId,
        invoice_id: order.invoiceId,
        customer_id: order.customerId,
      },
      expand: ["latest_charge"],
    },
    { idempotencyKey: paymentId },
  );
  return paymentFact(await asked(work.catch(declined)));
}

// A card that is declined, or whose bank asks its holder, leaves the payment behind.
async function declined(error: unknown): Promise<Stripe.PaymentIntent> {
  const { StripeError } = Stripe.errors;
  const id = error instanceof StripeError ? error.payment_intent?.id : null;
  if (!id) throw error;
  return api().paymentIntents.retrieve(id, { expand: ["latest_charge"] });
}

async function refund(_ctx: Ctx, order: RefundOrder) {
  const { minor, currency, refundId, providerPaymentId, reason } = order;
  const made = await asked(
    api().refunds.create(
      {
        payment_intent: providerPaymentId,
        amount: toStripe(minor, currency),
        metadata: { refund_id: refundId, reason: reason.slice(0, 500) },
      },
      { idempotencyKey: refundId },
    ),
  );
  const fact = refundFact(made);
  if (!fact) throw new Error(`${made.id} is a refund of no payment.`);
  return fact;
}

async function detach(_ctx: Ctx, id: string): Promise<void> {
  const method = await found(api().paymentMethods.retrieve(id));
  if (!method?.customer) return;
  await asked(
    api()
      .paymentMethods.detach(id)
      .catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      }),
  );
}

async function* payments(_ctx: Ctx, from: Date, to: Date) {
  const created = { gte: seconds(from), lt: seconds(to) };
  const expand = ["data.latest_charge"];
  const list = api().paymentIntents.list({ created, expand, limit: 100 });
  for await (const intent of each(list)) {
    const { latest_charge: of, currency } = intent;
    const refunded = of && typeof of !== "string" ? of.amount_refunded : 0;
    const { minor } = fromStripe(refunded, currency);
    yield { ...paymentFact(intent), refundedMinor: minor };
  }
}

const seconds = (at: Date) => Number(String(at.getTime()).slice(0, -3));
