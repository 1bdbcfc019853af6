import * as z from "zod";
import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import type { Fact, InboundEvent } from "../provider";
import { each, found, paddle } from "./paddle-client";
import {
  disputeFacts,
  isTried,
  methodFact,
  methodId,
  paymentFact,
  refundFact,
  subscriptionNotice,
} from "./paddle-facts";

const Event = z.object({
  event_id: z.string().min(1),
  event_type: z.string().min(1).max(100),
  occurred_at: z.iso.datetime({ offset: true }),
  data: z.object({
    id: z.string().min(1),
    customer_id: z.string().nullish(),
  }),
});

/** An event that Paddle's client finds signed; while a secret rotates, by one of several signatures. */
export async function verifyPaddle(
  ctx: Ctx,
  raw: string,
  headers: Headers,
): Promise<InboundEvent | null> {
  const parts = (headers.get("paddle-signature") ?? "").split(";");
  const of = (name: string) => parts.filter((part) => part.startsWith(name));
  const [ts = ""] = of("ts=");
  const isAhead = Number(ts.slice(3)) * 1000 > ctx.now().getTime() + 300_000;
  if (!/^ts=\d{1,12}$/.test(ts) || isAhead) return null;
  const secret = env().PADDLE_WEBHOOK_SECRET ?? "";
  for (const h1 of of("h1=").slice(0, 5)) {
    const one = `${ts};${h1}`;
    if (!(await paddle().webhooks.isSignatureValid(raw, secret, one))) continue;
    const payload: unknown = JSON.parse(raw);
    const event = Event.parse(payload);
    return {
      id: event.event_id,
      type: event.event_type,
      occurredAt: new Date(event.occurred_at),
      // Its sandbox is another account, with secrets of its own.
      isOtherMode: false,
      payload,
    };
  }
  return null;
}

type Said = { customer: string | null; readAt: Date };
type Reader = (id: string, said: Said) => Promise<Fact[]>;

const readers: Record<string, Reader> = {
  ...all("transaction", readTransaction, [
    ...["paid", "completed", "payment_failed", "past_due", "canceled"],
  ]),
  ...all("adjustment", readAdjustment, ["created", "updated"]),
  ...all("payment_method", readMethod, ["saved", "deleted"]),
  ...all("subscription", readSubscription, [
    ...["created", "activated", "updated", "trialing", "past_due"],
    ...["paused", "resumed", "canceled"],
  ]),
};

function all(of: string, reader: Reader, verbs: string[]) {
  return Object.fromEntries(verbs.map((verb) => [`${of}.${verb}`, reader]));
}

/** Whether it is a type that something here depends on. */
export function handlesPaddle(type: string): boolean {
  return Object.hasOwn(readers, type);
}

/** What an event is about, asked of Paddle as it stands now: events come late and in any order. */
export async function readPaddle(
  ctx: Ctx,
  type: string,
  payload: unknown,
): Promise<Fact[]> {
  const { data } = Event.parse(payload);
  const said = { customer: data.customer_id ?? null, readAt: ctx.now() };
  return (await readers[type]?.(data.id, said)) ?? [];
}

async function readTransaction(id: string): Promise<Fact[]> {
  const transaction = await found(paddle().transactions.get(id));
  if (!transaction || !isTried(transaction)) return [];
  const { status } = transaction;
  const facts: Fact[] = [paymentFact(transaction)];
  const isOver = ["completed", "paid", "canceled"].includes(status);
  const end = status === "canceled" ? "expired" : "completed";
  // Here a page is its transaction.
  if (isOver && transaction.subscriptionId === null)
    facts.push({ kind: "checkout", providerSessionId: id, status: end });
  return facts;
}

// It may be told of before the payment is: so that comes along, and first.
async function readAdjustment(id: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  for await (const one of each(paddle().adjustments.list({ id: [id] }))) {
    if (one.action === "refund")
      facts.push(
        ...(await readTransaction(one.transactionId)),
        refundFact(one),
      );
    if (one.action.startsWith("chargeback"))
      facts.push(
        ...(await readTransaction(one.transactionId)),
        ...(await readDisputes(one.transactionId)),
      );
  }
  return facts;
}

async function readDisputes(of: string): Promise<Fact[]> {
  const adjustments = paddle().adjustments.list({ transactionId: [of] });
  const found = [];
  for await (const one of each(adjustments)) found.push(one);
  return disputeFacts(found);
}

async function readMethod(id: string, { customer }: Said): Promise<Fact[]> {
  if (!customer) return [];
  const method = await found(paddle().paymentMethods.get(customer, id));
  if (method) return [methodFact(method)];
  return [
    {
      kind: "method",
      providerMethodId: methodId(customer, id),
      externalId: customer,
      ...{ type: "card", brand: null, lastFour: null },
      ...{ expiresMonth: null, expiresYear: null },
      isAttached: false,
    },
  ];
}

async function readSubscription(id: string, said: Said): Promise<Fact[]> {
  const subscription = await found(paddle().subscriptions.get(id));
  return subscription ? [subscriptionNotice(subscription, said.readAt)] : [];
}
