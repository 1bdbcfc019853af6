import type { Adjustment } from "@paddle/paddle-node-sdk";
import type { Customer } from "@/modules/customers/contract";
import type { Ctx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import {
  ProviderError,
  type CheckoutOrder,
  type HostedProvider,
  type RefundOrder,
} from "../provider";
import { fromPaddle, toPaddle } from "./paddle-amounts";
import { asked, each, found, paddle as api } from "./paddle-client";
import { handlesPaddle, readPaddle, verifyPaddle } from "./paddle-events";
import { given, paymentFact, reasonWith, refundFact } from "./paddle-facts";

/** Paddle sells as the merchant of record, on its own page; it charges a saved card only there. */
export const paddle: HostedProvider = {
  name: "paddle",
  title: "Paddle",
  createCustomer,
  createCheckout,
  charge: async () => {
    throw new ProviderError(
      "paddle",
      "Paddle takes a single payment on its page only: send the pay link.",
      true,
    );
  },
  refund,
  detach: async (_ctx, known) => {
    const [customer = "", id = ""] = known.split("/");
    await found(api().paymentMethods.delete(customer, id));
  },
  portal: async (_ctx, customer) => {
    const made = api().customerPortalSessions.create(customer, []);
    return (await asked(made)).urls.general.overview;
  },
  verify: verifyPaddle,
  handles: handlesPaddle,
  read: readPaddle,
  payments,
};

// It takes no keys for repeated orders; but one address is one customer there. Whoever has taken
// over an address must not see what its last holder paid.
async function createCustomer(
  _ctx: Ctx,
  { id, name, email }: Customer,
): Promise<string> {
  const known = api().customers.list({ email: [email] });
  for await (const customer of each(known)) {
    const of = given(customer, "customer_id");
    if (of === null || of === id) return customer.id;
    throw new ProviderError(
      "paddle",
      `Paddle knows ${email} as another customer (${customer.id}). Change the address there, or pay another way.`,
      true,
    );
  }
  const customData = { customer_id: id };
  const made = await asked(api().customers.create({ email, name, customData }));
  return made.id;
}

async function createCheckout(ctx: Ctx, order: CheckoutOrder) {
  const { payment, checkoutId, customerId, externalId } = order;
  if (!payment)
    throw new ProviderError(
      "paddle",
      "Paddle keeps a card only when something is paid with it: pay an invoice, and choose to save it there.",
      true,
    );
  const { minor, currency, description, invoiceId } = payment;
  const { amount, currencyCode } = toPaddle(minor, currency);
  const made = await asked(
    api().transactions.create({
      customerId: externalId,
      currencyCode,
      collectionMode: "automatic",
      customData: {
        checkout_id: checkoutId,
        customer_id: customerId,
        invoice_id: invoiceId,
      },
      items: [
        {
          quantity: 1,
          price: {
            description,
            name: description,
            // The sum is what is due, with its tax.
            taxMode: "internal",
            unitPrice: { amount, currencyCode },
            quantity: { minimum: 1, maximum: 1 },
            product: { name: description, taxCategory: "standard" },
          },
        },
      ],
    }),
  );
  const url = made.checkout?.url;
  if (!url)
    throw new ProviderError(
      "paddle",
      "Paddle has no page to pay on: set a default payment link under Checkout in Paddle.",
      true,
    );
  const expiresAt = addSeconds(ctx.now(), 24 * 60 * 60);
  return { id: made.id, url, expiresAt };
}

async function refund(_ctx: Ctx, order: RefundOrder) {
  const { providerPaymentId: transactionId, refundId } = order;
  const reason = reasonWith(order.reason, refundId);
  const known = await madeBefore(transactionId, reason);
  if (known) return refundFact(known);
  const { details } = await asked(api().transactions.get(transactionId));
  const [item] = details?.lineItems ?? [];
  if (!item)
    throw new ProviderError("paddle", "Nothing was sold by this.", true);
  const { amount } = toPaddle(order.minor, order.currency);
  const made = await asked(
    api().adjustments.create({
      action: "refund",
      transactionId,
      reason,
      type: "partial",
      items: [{ itemId: item.id, type: "partial", amount }],
    }),
  );
  return refundFact(made);
}

async function madeBefore(
  transaction: string,
  reason: string,
): Promise<Adjustment | null> {
  const list = api().adjustments.list({ transactionId: [transaction] });
  for await (const one of each(list)) if (one.reason === reason) return one;
  return null;
}

async function* payments(_ctx: Ctx, from: Date, to: Date) {
  const list = api().transactions.list({
    "createdAt[GTE]": from.toISOString(),
    "createdAt[LT]": to.toISOString(),
    include: ["adjustments_totals"],
    orderBy: "id[ASC]",
    perPage: 30,
  });
  for await (const transaction of each(list)) {
    const back = transaction.adjustmentsTotals?.breakdown?.refund ?? "0";
    const refundedMinor = fromPaddle(back, transaction.currencyCode);
    yield { ...paymentFact(transaction), refundedMinor };
  }
}
