import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import { getInvoice, invoiceOfToken } from "@/modules/invoices";
import { isPayable } from "@/modules/invoices/contract/invoice";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { DomainError, notFound } from "@/shared/errors";
import { formatMoney } from "@/shared/money";
import { addSeconds } from "@/shared/time";
import type {
  CheckoutInput,
  CheckoutProgress,
  CheckoutPurpose,
  CheckoutSession,
} from "../contract/checkout";
import type { HostedName } from "../contract/parts";
import type { CheckoutOrder, HostedProvider } from "../provider";
import {
  findCheckout,
  findLatestTry,
  findReusable,
  insertCheckout,
  updateCheckout,
  type NewCheckout,
} from "../queries/checkouts";
import { asSystem, externalIdOf } from "./external";
import { asking, firstProvider, getProvider } from "./providers";

const day = 24 * 60 * 60;
const hour = 60 * 60;

export type CheckoutOffer = {
  customerId: string;
  provider?: HostedName | undefined;
  purpose: CheckoutPurpose;
  invoiceId?: string | null;
  subscriptionId?: string | null;
};

/** A checkout of the caller's own. Needs billing:write; throws NOT_FOUND, CONFLICT, UNAVAILABLE. */
export async function checkOut(
  ctx: Ctx,
  provider: HostedName | undefined,
  { purpose, invoice_id }: CheckoutInput,
): Promise<CheckoutSession> {
  authorize(
    ctx,
    "billing:write",
    purpose === "setup" ? "payment_methods" : undefined,
  );
  if (ctx.actor.kind !== "customer") throw notFound("customer");
  const { customerId } = ctx.actor;
  return startCheckout(ctx, {
    customerId,
    provider,
    purpose,
    invoiceId: invoice_id ?? null,
  });
}

/** A checkout of what a pay link is for. Throws NOT_FOUND, GONE, CONFLICT, UNAVAILABLE. */
export async function checkOutByLink(
  ctx: Ctx,
  token: string,
  provider: HostedName | undefined,
): Promise<CheckoutSession> {
  const invoiceId = invoiceOfToken(token, ctx.now());
  const holder = asSystem(ctx);
  const { customer_id } = await getInvoice(holder, invoiceId);
  return startCheckout(holder, {
    customerId: customer_id,
    provider,
    purpose: "invoice",
    invoiceId,
  });
}

/**
 * Open a provider's page to pay an invoice, or to save a way to pay. One for the same money that is
 * open still is given again. Needs billing:write; throws NOT_FOUND, CONFLICT when nothing is due or
 * the provider is not set up, UNAVAILABLE when it does not answer. Not within a transaction.
 */
export async function startCheckout(
  ctx: Ctx,
  offer: CheckoutOffer,
): Promise<CheckoutSession> {
  authorize(ctx, "billing:write");
  await getVisibleCustomer(ctx, offer.customerId);
  const bought = offer.invoiceId
    ? await due(ctx, offer, offer.invoiceId)
    : null;
  const provider = await (offer.provider
    ? getProvider(offer.provider)
    : firstProvider());
  const wanted: NewCheckout = {
    customerId: offer.customerId,
    purpose: offer.purpose,
    invoiceId: offer.invoiceId ?? null,
    subscriptionId: offer.subscriptionId ?? null,
    provider: provider.name,
    amount: bought && bought.due,
    expiresAt: addSeconds(ctx.now(), day),
  };
  const open = await findReusable(ctx, wanted, addSeconds(ctx.now(), hour));
  if (open && bought) return open;
  const made = await transaction(ctx, (tx) => insertCheckout(tx, wanted));
  const title = bought?.number ? `Invoice ${bought.number}` : "Invoice";
  const order = orderOf(made, title);
  return openPage(ctx, provider, made, order);
}

async function openPage(
  ctx: Ctx,
  provider: HostedProvider,
  { id, customer_id, purpose, invoice_id }: CheckoutSession,
  order: Omit<CheckoutOrder, "externalId">,
): Promise<CheckoutSession> {
  const page = await asking(
    externalIdOf(ctx, provider, customer_id).then((externalId) =>
      provider.createCheckout(ctx, { ...order, externalId }),
    ),
  );
  return transaction(ctx, async (tx) => {
    const opened = await updateCheckout(tx, id, {
      provider_session_id: page.id,
      url: page.url,
      expires_at: page.expiresAt,
    });
    await record(tx, {
      action: "checkout.started",
      target: { kind: "checkout", id },
      customerId: customer_id,
      after: { provider: provider.name, purpose, invoice_id },
    });
    return opened;
  });
}

function orderOf(
  { id, customer_id, invoice_id, amount, purpose }: CheckoutSession,
  description: string,
): Omit<CheckoutOrder, "externalId"> {
  const back = `${env().APP_URL}/checkout/${id}`;
  return {
    checkoutId: id,
    customerId: customer_id,
    payment:
      amount && invoice_id && purpose !== "setup"
        ? {
            minor: BigInt(amount.amount),
            currency: amount.currency,
            description,
            invoiceId: invoice_id,
          }
        : null,
    returnUrl: back,
    cancelUrl: `${back}?left=true`,
  };
}

async function due(ctx: Ctx, { customerId }: CheckoutOffer, id: string) {
  const invoice = await getInvoice(ctx, id);
  if (invoice.customer_id !== customerId) throw notFound("invoice");
  if (isPayable(invoice.status) && invoice.due.amount > 0) return invoice;
  throw new DomainError(
    "CONFLICT",
    `${invoice.number ?? "This draft"} is ${invoice.status}, with ${formatMoney(invoice.due)} due: there is nothing to pay.`,
    { status: invoice.status },
  );
}

/** How far a checkout is: for the page that a browser comes back to. Throws NOT_FOUND. */
export async function checkoutProgress(
  ctx: Ctx,
  id: string,
): Promise<CheckoutProgress> {
  const checkout = await findCheckout(ctx, { id });
  if (!checkout) throw notFound("checkout");
  const { purpose, amount, invoice_id } = checkout;
  const isOver = new Date(checkout.expires_at) <= ctx.now();
  const closed =
    checkout.status === "open" && isOver ? "expired" : checkout.status;
  const about = { id, purpose, amount, failure_message: null };
  if (!invoice_id)
    return {
      ...about,
      state: closed === "completed" ? "done" : closed,
    };
  const { status } = await getInvoice(asSystem(ctx), invoice_id);
  if (status === "paid") return { ...about, state: "done" };
  const since = new Date(checkout.created_at);
  const last = await findLatestTry(ctx, invoice_id, since);
  if (last?.status === "succeeded") return { ...about, state: "done" };
  if (closed === "completed") return { ...about, state: "confirming" };
  if (last?.status === "failed")
    return {
      ...about,
      state: "failed",
      failure_message: last.failure_message,
    };
  return { ...about, state: closed };
}

/** The address of the provider's own billing portal. Needs billing:write; throws CONFLICT, UNAVAILABLE. */
export async function openBillingPortal(ctx: Ctx): Promise<{ url: string }> {
  authorize(ctx, "billing:write", "payment_methods");
  if (ctx.actor.kind !== "customer") throw notFound("customer");
  const { customerId } = ctx.actor;
  const provider = await firstProvider();
  const back = `${env().APP_URL}/portal`;
  const url = await asking(
    externalIdOf(ctx, provider, customerId).then((externalId) =>
      provider.portal(ctx, externalId, back),
    ),
  );
  if (url) return { url };
  throw new DomainError(
    "CONFLICT",
    `${provider.title} has no billing portal. Your ways to pay are under Payment methods here.`,
  );
}
