import { listCustomerPayments, listMethods } from "@/modules/payments";
import { processInbound } from "@/modules/payments/service/process";
import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { ordersOf, timeForOrders } from "../support/orders";
import type { SentEvent } from "../support/stripe/store";
import { world, type World } from "../support/world";
import { openInvoice, standing, usd, wrongBooks } from "./payments-fixture";
import { told, useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

let w: World;
beforeAll(async () => {
  w = await world();
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

/** A customer of ours, and who it is there. */
async function fresh() {
  const { id } = await w.customer();
  const there = await stripe.customerThere(w.ctx, id);
  stripe.server().take();
  return { id, there };
}

/** Send events without doing what follows; their ids here, in the same order. */
async function store(events: SentEvent[]): Promise<string[]> {
  for (const event of events) await stripe.send(event);
  const rows = await database.query<{ id: string; event_id: string }>(
    "SELECT id, event_id FROM inbound_webhooks WHERE event_id = ANY($1)",
    [events.map(({ id }) => id)],
  );
  return events.map(({ id }) => {
    const row = rows.find(({ event_id }) => event_id === id);
    return fromUuid("iwh", row?.id ?? "");
  });
}

async function processTwice(id: string): Promise<void> {
  await processInbound(w.ctx, id);
  await database.query(
    "UPDATE inbound_webhooks SET status = 'received' WHERE id = $1",
    [toUuid(id)],
  );
  await processInbound(w.ctx, id);
}

const isPicked = (type: string, of: string[]) => of.includes(type);

test(
  "in whatever order a checkout's six events come, each twice, one payment is made",
  async () => {
    for (const order of ordersOf(6)) {
      const { id } = await fresh();
      const invoice = await openInvoice(w.ctx, id, 2_500);
      const { page } = await stripe.checkout(w.ctx, id, invoice);
      page.decline();
      page.pay({ save: true });
      const intent = page.intent;
      stripe.people().refund(intent, 500);
      const [refund] = stripe.server().store.all("refund");
      stripe.people().endRefund(refund?.id ?? "", "succeeded");
      const events = stripe
        .server()
        .take()
        .filter(({ type }) =>
          isPicked(type, [
            ...["payment_intent.payment_failed", "payment_intent.succeeded"],
            ...["payment_method.attached", "checkout.session.completed"],
            ...["charge.refunded", "refund.updated"],
          ]),
        );
      const kept = await store(events);
      expect(kept).toHaveLength(6);
      for (const at of order) await processTwice(kept[at] ?? "");
      const { items } = await listCustomerPayments(w.ctx, id, {});
      expect([order, await standing(w.ctx, invoice)]).toEqual([
        order,
        "paid, partially_refunded, 0 due",
      ]);
      expect(items).toMatchObject([
        {
          status: "succeeded",
          amount: usd(2_500),
          refunded: usd(500),
          refunds: [{ status: "succeeded" }],
        },
      ]);
      const methods = await listMethods(w.ctx, id);
      expect(methods.items).toMatchObject([{ is_default: true }]);
    }
  },
  timeForOrders,
);

test(
  "in whatever order a subscription's six events come, each twice, they end alike",
  async () => {
    for (const order of ordersOf(6)) {
      const { id, there } = await fresh();
      const subscription = stripe.people().subscribe({
        customer: there,
        amount: 2_900,
      });
      const invoice = stripe.people().bill(subscription.id);
      const end = { status: "past_due" } as const;
      stripe.people().change(subscription.id, "updated", end);
      const events = stripe
        .server()
        .take()
        .filter(({ type }) =>
          isPicked(type, [
            ...[
              "customer.subscription.created",
              "customer.subscription.updated",
            ],
            ...["invoice.created", "invoice.finalized", "invoice.paid"],
            "payment_intent.succeeded",
          ]),
        );
      const kept = await store(events);
      expect(kept).toHaveLength(6);
      for (const at of order) await processTwice(kept[at] ?? "");
      const { items } = await listCustomerPayments(w.ctx, id, {});
      expect([order, items.length]).toEqual([order, 1]);
      expect(items[0]).toMatchObject({
        status: "succeeded",
        amount: usd(2_900),
        credited: usd(0),
      });
      const latest = async (name: string) =>
        (await told(database, name, id)).at(-1);
      expect(await latest("provider.subscription_changed")).toMatchObject({
        ...{ provider_subscription_id: subscription.id, status: "past_due" },
      });
      expect(await latest("provider.invoice_changed")).toMatchObject({
        ...{
          provider_invoice_id: invoice.id,
          status: "paid",
          paid_minor: 2_900,
        },
      });
    }
  },
  timeForOrders,
);

test(
  "killed at each of its steps, and delivered again, has one effect",
  async () => {
    for (let at = 1; ; at += 1) {
      const { id } = await fresh();
      const invoice = await openInvoice(w.ctx, id, 900);
      const { page } = await stripe.checkout(w.ctx, id, invoice);
      page.pay({ save: true });
      stripe.people().refund(page.intent, 100);
      const events = stripe.server().take();
      const kept = await store(events);
      const wasKilled = await killedAt(at, async (ctx) => {
        for (const one of kept) await processInbound(ctx, one);
      });
      for (const event of events) await stripe.send(event);
      await runJobs(database);
      expect([at, await standing(w.ctx, invoice)]).toEqual([
        at,
        "paid, partially_refunded, 0 due",
      ]);
      const { items } = await listCustomerPayments(w.ctx, id, {});
      expect(items).toMatchObject([{ refunds: [{ status: "succeeded" }] }]);
      expect((await listMethods(w.ctx, id)).items).toHaveLength(1);
      if (!wasKilled) break;
    }
  },
  timeForOrders,
);

/** Work whose process dies at its n-th look at the clock: nothing of it runs after that. */
async function killedAt(
  at: number,
  work: (ctx: Ctx) => Promise<void>,
): Promise<boolean> {
  let left = at;
  let isDead = false;
  const now = () => {
    left -= 1;
    if (left <= 0) isDead = true;
    if (isDead) throw new Error("killed");
    return new Date();
  };
  await work({ ...w.ctx, now }).catch(() => undefined);
  return isDead;
}
