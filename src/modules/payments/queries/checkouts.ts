import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { money, type Money } from "@/shared/money";
import type {
  CheckoutPurpose,
  CheckoutSession,
  CheckoutState,
} from "../contract/checkout";
import type { HostedName } from "../contract/parts";

export type NewCheckout = {
  customerId: string;
  purpose: CheckoutPurpose;
  invoiceId: string | null;
  subscriptionId: string | null;
  provider: HostedName;
  amount: Money | null;
  expiresAt: Date;
};

export async function insertCheckout(
  tx: TxCtx,
  checkout: NewCheckout,
): Promise<CheckoutSession> {
  const { invoiceId, subscriptionId, amount } = checkout;
  const row = await tx.db.checkoutSession.create({
    data: {
      id: toUuid(newId("chk")),
      customer_id: toUuid(checkout.customerId),
      purpose: checkout.purpose,
      invoice_id: invoiceId && toUuid(invoiceId),
      subscription_id: subscriptionId && toUuid(subscriptionId),
      provider: checkout.provider,
      currency: amount && amount.currency,
      amount_minor: amount && BigInt(amount.amount),
      expires_at: checkout.expiresAt,
      created_at: tx.now(),
    },
  });
  return toCheckout(row);
}

/** An open one for the same thing and the same money, that can still be used for a while. */
export async function findReusable(
  ctx: Ctx,
  { customerId, invoiceId, provider, purpose, amount }: NewCheckout,
  until: Date,
): Promise<CheckoutSession | null> {
  const row = await ctx.db.checkoutSession.findFirst({
    where: {
      customer_id: toUuid(customerId),
      invoice_id: invoiceId && toUuid(invoiceId),
      provider,
      purpose,
      status: "open",
      url: { not: null },
      amount_minor: amount && BigInt(amount.amount),
      currency: amount && amount.currency,
      expires_at: { gt: until },
    },
    orderBy: { id: "desc" },
  });
  return row && toCheckout(row);
}

export async function findCheckout(
  ctx: Ctx,
  where: { id: string } | { provider: HostedName; provider_session_id: string },
): Promise<CheckoutSession | null> {
  const row = await ctx.db.checkoutSession.findFirst({
    where: "id" in where ? { id: toUuid(where.id) } : where,
  });
  return row && toCheckout(row);
}

export async function updateCheckout(
  tx: TxCtx,
  id: string,
  data: Prisma.CheckoutSessionUncheckedUpdateInput,
): Promise<CheckoutSession> {
  const row = await tx.db.checkoutSession.update({
    where: { id: toUuid(id) },
    data,
  });
  return toCheckout(row);
}

/** Close an open one; false when it was closed before. */
export async function closeCheckout(
  tx: TxCtx,
  id: string,
  status: "completed" | "expired",
): Promise<boolean> {
  const { count } = await tx.db.checkoutSession.updateMany({
    where: { id: toUuid(id), status: "open" },
    data: { status },
  });
  return count === 1;
}

/** Whether somebody may sit at a provider's page for this invoice right now. */
export async function hasOpenCheckout(
  ctx: Ctx,
  invoiceId: string,
  provider: string,
): Promise<boolean> {
  const row = await ctx.db.checkoutSession.findFirst({
    where: {
      invoice_id: toUuid(invoiceId),
      provider,
      status: "open",
      expires_at: { gt: ctx.now() },
    },
    select: { id: true },
  });
  return row !== null;
}

/** The latest payment that was tried for an invoice since then. */
export async function findLatestTry(
  ctx: Ctx,
  invoiceId: string,
  since: Date,
): Promise<{ status: string; failure_message: string | null } | null> {
  return ctx.db.payment.findFirst({
    where: { invoice_id: toUuid(invoiceId), created_at: { gte: since } },
    orderBy: { id: "desc" },
    select: { status: true, failure_message: true },
  });
}

function toCheckout(
  row: Prisma.CheckoutSessionGetPayload<object>,
): CheckoutSession {
  const { amount_minor: minor, currency } = row;
  return {
    id: fromUuid("chk", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    // Safe, as are the next two: CHECK constraints, or written by this module only.
    purpose: row.purpose as CheckoutPurpose,
    provider: row.provider as HostedName,
    status: row.status as CheckoutState,
    invoice_id: row.invoice_id && fromUuid("ivc", row.invoice_id),
    subscription_id:
      row.subscription_id && fromUuid("sub", row.subscription_id),
    url: row.status === "open" ? row.url : null,
    amount: minor !== null && currency !== null ? money(minor, currency) : null,
    expires_at: row.expires_at.toISOString(),
    created_at: row.created_at.toISOString(),
  };
}
