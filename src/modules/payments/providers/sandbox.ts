import { createHmac } from "node:crypto";
import * as z from "zod";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env, isSandboxAllowed } from "@/platform/env";
import { addJob } from "@/platform/add-job";
import { derivedKey } from "@/platform/secret";
import { randomText } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import {
  ProviderError,
  type ChargeOrder,
  type CheckoutOrder,
  type HostedProvider,
  type RefundOrder,
} from "../provider";
import {
  findThing,
  findThings,
  insertThing,
  lockThing,
  updateThing,
  type SandboxThings,
} from "../queries/sandbox";
import { factOf, paymentFact, refundFact } from "./sandbox-facts";
import { isSigned } from "./sandbox-signature";

/** The job that sends an event of the sandbox to the app, signed. */
export const sandboxTask = "payments_sandbox_event";

/** Whether the sandbox is open here: never in production. */
export function isSandboxOpen(): boolean {
  return isSandboxAllowed(env());
}

const Event = z.object({
  id: z.string(),
  type: z.string(),
  created_at: z.iso.datetime(),
  data: z.object({ object: z.object({ id: z.string() }) }),
});

/**
 * A provider that moves no money, with a checkout page of our own. It answers as real ones do: by
 * signed webhooks, which the pipeline takes as it takes theirs.
 */
export const sandbox: HostedProvider = {
  name: "sandbox",
  title: "Sandbox",
  createCustomer: async (ctx, { id: customer_id }) => {
    const id = idFor("cus", customer_id);
    await transaction(ctx, (tx) =>
      insertThing(tx, "customer", id, id, { customer_id }),
    );
    return id;
  },
  createCheckout,
  charge: async (ctx, order) => transaction(ctx, (tx) => charge(tx, order)),
  refund: async (ctx, order) => transaction(ctx, (tx) => refund(tx, order)),
  detach: async (ctx, id) =>
    transaction(ctx, async (tx) => {
      const method = await lockThing(tx, "method", id);
      if (!method?.data.is_attached) return;
      await updateThing(tx, method, { ...method.data, is_attached: false });
      await happen(tx, "payment_method.detached", id);
    }),
  portal: async () => null,
  verify: async (ctx, raw, headers) => {
    if (!isSigned(raw, headers, ctx.now())) return null;
    const payload: unknown = JSON.parse(raw);
    const event = Event.parse(payload);
    const { id, type, created_at } = event;
    const occurredAt = new Date(created_at);
    return { id, type, occurredAt, isOtherMode: false, payload };
  },
  handles: (type) => /^(payment|payment_method|checkout|refund)\./.test(type),
  read: async (ctx, _type, payload) => {
    const { data } = Event.parse(payload);
    const fact = await factOf(ctx, data.object.id);
    return fact ? [fact] : [];
  },
  async *payments(ctx, from, to) {
    for (const thing of await findThings(ctx, "payment", from, to))
      yield {
        ...paymentFact(thing),
        refundedMinor: BigInt(thing.data.refunded),
      };
  },
};

async function createCheckout(ctx: Ctx, order: CheckoutOrder) {
  const { checkoutId, customerId, payment, returnUrl } = order;
  // Nobody can guess it, and the same order has the same one.
  const id = idFor("cs", checkoutId);
  const url = `${env().APP_URL}/sandbox/checkout/${id}`;
  await transaction(ctx, (tx) =>
    insertThing(tx, "session", id, order.externalId, {
      mode: payment ? "payment" : "setup",
      state: "open",
      save: false,
      checkout_id: checkoutId,
      customer_id: customerId,
      invoice_id: payment && payment.invoiceId,
      minor: payment && String(payment.minor),
      currency: payment && payment.currency,
      description: payment ? payment.description : "Save a card",
      return_url: returnUrl,
      last_error: null,
      card: null,
    }),
  );
  return { id, url, expiresAt: addSeconds(ctx.now(), 24 * 60 * 60) };
}

async function charge(tx: TxCtx, order: ChargeOrder) {
  const id = idFor("pay", order.paymentId);
  const known = await findThing(tx, "payment", id);
  if (known) return paymentFact(known);
  const method = await findThing(tx, "method", order.providerMethodId);
  if (!method?.data.is_attached || method.customer !== order.externalId)
    throw new ProviderError("sandbox", "There is no such card.", true);
  const failure = declines[method.data.behavior];
  await insertThing(tx, "payment", id, order.externalId, {
    status: failure ? "failed" : "succeeded",
    payment_id: order.paymentId,
    invoice_id: order.invoiceId,
    customer_id: order.customerId,
    minor: String(order.minor),
    refunded: "0",
    currency: order.currency,
    method_id: method.id,
    failure,
    paid_at: failure ? null : tx.now().toISOString(),
  });
  await happen(tx, failure ? "payment.failed" : "payment.succeeded", id);
  const made = await findThing(tx, "payment", id);
  if (!made) throw new Error(`${id} was not written.`);
  return paymentFact(made);
}

async function refund(tx: TxCtx, order: RefundOrder) {
  const id = idFor("ref", order.refundId);
  const payment = await lockThing(tx, "payment", order.providerPaymentId);
  const known = await findThing(tx, "refund", id);
  if (known) return refundFact(known);
  const left = payment
    ? BigInt(payment.data.minor) - BigInt(payment.data.refunded)
    : 0n;
  if (payment?.data.status !== "succeeded" || order.minor > left)
    throw new ProviderError("sandbox", "That is more than was paid.", true);
  await updateThing(tx, payment, {
    ...payment.data,
    refunded: String(BigInt(payment.data.refunded) + order.minor),
  });
  await insertThing(tx, "refund", id, payment.customer, {
    // As banks do, it says so a moment later.
    status: "pending",
    refund_id: order.refundId,
    payment: payment.id,
    minor: String(order.minor),
    currency: order.currency,
    reason: order.reason,
  });
  await happen(tx, "refund.succeeded", id);
  const made = await findThing(tx, "refund", id);
  if (!made) throw new Error(`${id} was not written.`);
  return refundFact(made);
}

/** What later charges of a card come to. */
export const declines: Record<
  SandboxThings["method"]["behavior"],
  SandboxThings["payment"]["failure"]
> = {
  pays: null,
  declines: { code: "card_declined", message: "The card was declined." },
  authenticates: {
    code: "authentication_required",
    message: "The bank asks its holder to authenticate: pay on the page.",
  },
};

/** Write an event about a thing, which a job then sends to the app. */
export async function happen(
  tx: TxCtx,
  type: string,
  object: string,
): Promise<void> {
  const id = `sbx_evt_${randomText(24)}`;
  const at = tx.now().toISOString();
  await insertThing(tx, "event", id, null, { type, object, at });
  await addJob(tx, sandboxTask, { event_id: id });
}

/** The sandbox's id of what follows from one of ours: always the same, and not to be guessed. */
export function idFor(kind: string, of: string): string {
  const digest = createHmac("sha256", derivedKey("sandbox-ids")).update(of);
  return `sbx_${kind}_${digest.digest("hex").slice(0, 32)}`;
}
