import { createInvoice, issueInvoice } from "@/modules/invoices";
import {
  receivePayment,
  receiveWebhook,
  startCheckout,
} from "@/modules/payments";
import { signedHeaders } from "@/modules/payments/providers/sandbox-signature";
import { insertExternalId } from "@/modules/payments/queries/methods";
import { keepMethod } from "@/modules/payments/service/methods";
import type { Ctx } from "@/platform/context";
import { prisma } from "@/platform/db";
import { transaction } from "@/platform/db/transaction";
import { fromUuid, randomText } from "@/shared/ids";

/** The id that stands for a thing of payments in a path. */
export async function paymentThing(
  ctx: Ctx,
  name: string,
  ofCustomer: () => Promise<string>,
): Promise<string> {
  switch (name) {
    case "payment_id":
      return paymentFor(ctx, await ofCustomer());
    case "payment_method_id":
      return paymentMethodFor(ctx, await ofCustomer());
    case "inbound_webhook_id":
      return inboundWebhook(ctx);
    case "checkout_id":
      return (await checkoutFor(ctx, await ofCustomer())).id;
    case "sandbox_session_id": {
      const { url } = await checkoutFor(ctx, await ofCustomer());
      return url?.split("/").at(-1) ?? "";
    }
    default:
      throw new Error(`Say in tests/support/ how to make a ${name}`);
  }
}

/** Ten dollars in cash, for an invoice: of credit the next invoice would be paid. */
async function paymentFor(ctx: Ctx, customer_id: string): Promise<string> {
  const lines = [{ description: "Test", quantity: "1", unit_price: "10" }];
  const invoice = await createInvoice(ctx, { customer_id, lines });
  const { due } = await issueInvoice(ctx, invoice.id);
  const { id } = await receivePayment(ctx, {
    customer_id,
    amount: due,
    method: "cash",
    invoice_ids: [invoice.id],
  });
  return id;
}

/** A card of the sandbox that pays, as the customer's default; the sandbox itself knows nothing of it. */
export async function paymentMethodFor(
  ctx: Ctx,
  customerId: string,
): Promise<string> {
  const externalId = `sbx_cus_${customerId}`;
  const providerMethodId = `sbx_pm_${randomText(20)}`;
  await transaction(ctx, async (tx) => {
    await insertExternalId(tx, "sandbox", customerId, externalId);
    await keepMethod(tx, "sandbox", {
      kind: "method",
      providerMethodId,
      externalId,
      type: "card",
      brand: "visa",
      lastFour: "4242",
      expiresMonth: 12,
      expiresYear: 2099,
      isAttached: true,
    });
  });
  const row = await prisma().paymentMethod.findFirstOrThrow({
    where: { provider_method_id: providerMethodId },
  });
  return fromUuid("pmd", row.id);
}

/** An event that nothing here depends on. */
async function inboundWebhook(ctx: Ctx): Promise<string> {
  const id = `evt_${randomText(12)}`;
  const raw = JSON.stringify({
    id,
    type: "test.event",
    created_at: ctx.now().toISOString(),
    data: { object: { id: "none" } },
  });
  const headers = signedHeaders(id, raw, ctx.now());
  await receiveWebhook(ctx, "sandbox", raw, headers);
  const row = await prisma().inboundWebhook.findFirstOrThrow({
    where: { event_id: id },
  });
  return fromUuid("iwh", row.id);
}

/** A page of the sandbox that saves a card. */
function checkoutFor(ctx: Ctx, customerId: string) {
  return startCheckout(ctx, {
    customerId,
    provider: "sandbox",
    purpose: "setup",
  });
}
