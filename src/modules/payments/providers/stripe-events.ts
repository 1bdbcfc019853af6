import Stripe from "stripe";
import * as z from "zod";
import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import type { Fact, InboundEvent } from "../provider";
import { asked, each, found, isLive, stripe } from "./stripe-client";
import {
  checkoutFact,
  disputeFact,
  idOf,
  instant,
  isTried,
  methodFact,
  paymentFact,
  refundFact,
} from "./stripe-facts";
import { invoiceNotice, subscriptionNotice } from "./stripe-notices";

const Event = z.object({
  id: z.string().min(1),
  type: z.string().min(1).max(100),
  created: z.number().int(),
  livemode: z.boolean(),
  data: z.object({
    object: z.object({ id: z.string().min(1) }),
    previous_attributes: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/** An event whose signature over the raw body is right, and not older than five minutes. */
export async function verifyStripe(
  ctx: Ctx,
  raw: string,
  headers: Headers,
): Promise<InboundEvent | null> {
  const payload: unknown = Stripe.webhooks.constructEvent(
    raw,
    headers.get("stripe-signature") ?? "",
    env().STRIPE_WEBHOOK_SECRET ?? "",
    undefined,
    undefined,
    ctx.now().getTime(),
  );
  const { id, type, created, livemode } = Event.parse(payload);
  const occurredAt = instant(created);
  return { id, type, occurredAt, isOtherMode: livemode !== isLive(), payload };
}

type Reader = (id: string, event: Said) => Promise<Fact[]>;
type Said = { changed: Record<string, unknown>; readAt: Date };

const readers: Record<string, Reader> = {
  ...all("checkout.session", readSession, [
    ...["completed", "async_payment_succeeded", "async_payment_failed"],
    "expired",
  ]),
  ...all("customer.subscription", readSubscription, [
    ...["created", "updated", "deleted", "paused", "resumed"],
    "trial_will_end",
  ]),
  ...all("invoice", readInvoice, [
    ...["created", "finalized", "paid", "payment_failed"],
    ...["payment_action_required", "voided", "marked_uncollectible"],
  ]),
  ...all("payment_intent", readIntent, [
    ...["succeeded", "payment_failed", "canceled"],
  ]),
  ...all("setup_intent", readSetup, ["succeeded"]),
  ...all("payment_method", readMethod, ["attached", "detached", "updated"]),
  ...all("charge", readCharge, ["refunded"]),
  ...all("charge.dispute", readDispute, [
    ...["created", "updated", "closed"],
    ...["funds_withdrawn", "funds_reinstated"],
  ]),
  ...all("refund", readRefund, ["created", "updated", "failed"]),
  ...all("charge.refund", readRefund, ["updated"]),
  ...all("customer", readCustomer, ["updated", "deleted"]),
};

function all(of: string, reader: Reader, verbs: string[]) {
  return Object.fromEntries(verbs.map((verb) => [`${of}.${verb}`, reader]));
}

/** Whether it is a type that something here depends on. */
export function handlesStripe(type: string): boolean {
  return Object.hasOwn(readers, type);
}

/** What an event is about, asked of Stripe as it stands now: events come late and in any order. */
export async function readStripe(
  ctx: Ctx,
  type: string,
  payload: unknown,
): Promise<Fact[]> {
  const { data } = Event.parse(payload);
  const changed = data.previous_attributes ?? {};
  // Taken before asking, so that what is said to be later was read later.
  const said = { changed, readAt: ctx.now() };
  return (await readers[type]?.(data.object.id, said)) ?? [];
}

async function readSession(id: string): Promise<Fact[]> {
  const session = await found(
    stripe().checkout.sessions.retrieve(id, { expand: ["setup_intent"] }),
  );
  if (!session) return [];
  const setup =
    typeof session.setup_intent === "string" ? null : session.setup_intent;
  const method = idOf(setup?.payment_method ?? null);
  const intent = idOf(session.payment_intent);
  return [
    ...(intent ? await readIntent(intent) : []),
    ...(method ? await readMethod(method) : []),
    checkoutFact(session),
  ];
}

const whole = { expand: ["latest_charge"] };

async function readIntent(id: string): Promise<Fact[]> {
  const intent = await found(stripe().paymentIntents.retrieve(id, whole));
  if (!intent) return [];
  const isOurs =
    intent.metadata["invoice_id"] !== undefined ||
    intent.metadata["payment_id"] !== undefined;
  return [paymentFact(intent, !isOurs && (await isOfInvoice(id)))];
}

async function isOfInvoice(payment_intent: string): Promise<boolean> {
  const payment = { type: "payment_intent", payment_intent } as const;
  const { data } = await asked(
    stripe().invoicePayments.list({ payment, limit: 1 }),
  );
  return data.length > 0;
}

async function readSubscription(id: string, said: Said): Promise<Fact[]> {
  const subscription = await found(stripe().subscriptions.retrieve(id));
  return subscription ? [subscriptionNotice(subscription, said.readAt)] : [];
}

async function readInvoice(id: string): Promise<Fact[]> {
  const invoice = await found(
    stripe().invoices.retrieve(id, { expand: ["payments"] }),
  );
  if (!invoice) return [];
  const facts: Fact[] = [];
  for (const { payment } of invoice.payments?.data ?? []) {
    const of = idOf(payment.payment_intent ?? null);
    const intent =
      of && (await found(stripe().paymentIntents.retrieve(of, whole)));
    if (intent && isTried(intent)) facts.push(paymentFact(intent, true));
  }
  return [...facts, invoiceNotice(invoice)];
}

async function readSetup(id: string): Promise<Fact[]> {
  const setup = await found(stripe().setupIntents.retrieve(id));
  const method = idOf(setup?.payment_method ?? null);
  return method ? readMethod(method) : [];
}

async function readMethod(id: string): Promise<Fact[]> {
  const method = await found(stripe().paymentMethods.retrieve(id));
  return method ? [methodFact(method)] : [];
}

// A refund may be told of before the payment is: so that comes along, and first.
async function readCharge(id: string): Promise<Fact[]> {
  const charge = await found(stripe().charges.retrieve(id));
  const intent = idOf(charge?.payment_intent ?? null);
  if (!intent) return [];
  const facts = await readIntent(intent);
  const refunds = stripe().refunds.list({ charge: id, limit: 100 });
  for await (const refund of each(refunds))
    facts.push(...one(refundFact(refund)));
  return facts;
}

async function readRefund(id: string): Promise<Fact[]> {
  const refund = await found(stripe().refunds.retrieve(id));
  const fact = refund && refundFact(refund);
  return fact ? [...(await readIntent(fact.providerPaymentId)), fact] : [];
}

async function readDispute(id: string): Promise<Fact[]> {
  const dispute = await found(stripe().disputes.retrieve(id));
  const fact = dispute && disputeFact(dispute);
  return fact ? [...(await readIntent(fact.providerPaymentId)), fact] : [];
}

async function readCustomer(id: string, { changed }: Said): Promise<Fact[]> {
  const customer = await found(stripe().customers.retrieve(id));
  if (!customer) return [];
  if (customer.deleted) return [{ kind: "customer_gone", externalId: id }];
  // What was chosen in Stripe's portal; what it was before a name changed is no choice.
  const method = idOf(customer.invoice_settings.default_payment_method);
  if (!method || !("invoice_settings" in changed)) return [];
  const chosen = await found(stripe().paymentMethods.retrieve(method));
  return chosen ? [methodFact(chosen, true)] : [];
}

const one = <T>(thing: T | null): T[] => (thing === null ? [] : [thing]);
