import {
  createCoupon,
  createInvoice,
  createTaxRate,
  issueInvoice,
  payUrl,
} from "@/modules/invoices";
import type { Ctx } from "@/platform/context";
import type { Endpoint } from "@/shared/endpoint";
import { randomText } from "@/shared/ids";
import { paymentMethodFor, paymentThing } from "./payments";
import { subscriptionFor } from "./subscriptions";
import { isOfSupport, supportThing } from "./support";

/** The id that stands for a thing of billing or support in a path. */
export async function billingThing(
  ctx: Ctx,
  name: string,
  ofCustomer: () => Promise<string>,
  endpoint?: Endpoint,
): Promise<string> {
  switch (name) {
    case "invoice_id": {
      const payer = await ofCustomer();
      if (endpoint?.id === "payments.pay") await paymentMethodFor(ctx, payer);
      return invoiceFor(ctx, payer, endpoint);
    }
    case "token":
      return payTokenFor(ctx, await ofCustomer());
    case "tax_rate_id":
      return taxRateId(ctx);
    case "coupon_id":
      return couponId(ctx);
    case "subscription_id":
      return subscriptionFor(ctx, await ofCustomer(), endpoint);
    default:
      return isOfSupport(name)
        ? supportThing(ctx, name, await ofCustomer(), endpoint)
        : paymentThing(ctx, name, ofCustomer);
  }
}

/** An invoice of two one-off lines; a draft for the endpoints that are of drafts, else issued. */
async function invoiceFor(
  ctx: Ctx,
  customer_id: string,
  endpoint?: Endpoint,
): Promise<string> {
  const lines = ["10.00", "2.50"].map((unit_price) => ({
    description: "Test",
    quantity: "1",
    unit_price,
  }));
  const { id } = await createInvoice(ctx, { customer_id, lines });
  const isOfDraft = /\.(update|remove|finalize)$/.test(endpoint?.id ?? "");
  if (!isOfDraft) await issueInvoice(ctx, id);
  return id;
}

/** The token of a link by which an invoice is paid. */
async function payTokenFor(ctx: Ctx, customerId: string): Promise<string> {
  const id = await invoiceFor(ctx, customerId);
  return payUrl(id, ctx.now()).split("/").at(-1) ?? "";
}

/** A rate of a region that no customer of a test is in. */
async function taxRateId(ctx: Ctx): Promise<string> {
  const { id } = await createTaxRate(ctx, {
    name: randomText(12),
    country: "US",
    region: "ZZ",
    rate: "5",
    is_inclusive: false,
    allows_reverse_charge: false,
  });
  return id;
}

async function couponId(ctx: Ctx): Promise<string> {
  const code = randomText(12).toUpperCase();
  const coupon = { code, name: "Test", percent: "10" };
  return (await createCoupon(ctx, { ...coupon, duration: "once" })).id;
}
