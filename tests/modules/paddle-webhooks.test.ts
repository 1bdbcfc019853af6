import { listCustomerPayments, reconcile } from "@/modules/payments";
import { processInbound } from "@/modules/payments/service/process";
import { fromUuid, toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import type { PaddleEvent } from "../support/paddle-server";
import { ordersOf, timeForOrders } from "../support/orders";
import { world, type World } from "../support/world";
import { standing, usd, wrongBooks } from "./payments-fixture";
import { told } from "./stripe-fixture";
import { usePaddle } from "./paddle-fixture";

const database = useDatabase();
const paddle = usePaddle(database);

let w: World;
let customer_id: string;
beforeAll(async () => {
  w = await world();
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const payments = async () =>
  (await listCustomerPayments(w.ctx, customer_id, {})).items;

describe("events of Paddle", () => {
  test("are told: a subscription, its payment as revenue, a payment charged back", async () => {
    const { page } = await paddle.bought(w.ctx, customer_id);
    page.pay();
    await paddle.deliver();
    const { customer_id: there } = page.transaction;
    const { subscription, transaction } = paddle
      .server()
      .people.subscribe(there ?? "", "2900");
    await paddle.deliver(paddle.server().take().reverse());
    const [payment] = await payments();
    expect(payment).toMatchObject({ amount: usd(2_900), credited: usd(0) });
    paddle.server().people.change(subscription.id, "canceled", {
      status: "canceled",
      canceled_at: "2026-11-20T00:00:00.000Z",
    });
    paddle.server().people.chargeBack(transaction.id);
    await paddle.deliver();
    const name = "provider.subscription_changed";
    expect((await told(database, name, customer_id)).at(-1)).toMatchObject({
      ...{ provider: "paddle", status: "canceled", plan_code: "pro" },
      ...{
        amount_minor: 5_800,
        currency: "USD",
        interval: "month",
        quantity: 2,
      },
      current_period_end: "2026-12-01T00:00:00.000Z",
      ended_at: "2026-11-20T00:00:00.000Z",
    });
    expect(await told(database, "payment.disputed", customer_id)).toMatchObject(
      [{ payment_id: payment?.id, status: "lost" }],
    );
  });

  test("signed wrongly or long ago are refused; while a secret rotates either signature does", async () => {
    (await paddle.bought(w.ctx, customer_id)).page.decline();
    const [event] = paddle.server().take();
    if (!event) throw new Error("Nothing happened.");
    const refused = [
      { secrets: ["pdl_ntfset_another"] },
      { at: Date.now() - 20_000 },
      { at: Date.now() + 3_600_000 },
      { secrets: [] },
    ];
    for (const by of refused)
      expect((await paddle.send(event, by)).status).toBe(400);
    const both = { secrets: ["pdl_ntfset_new", paddle.server().secret] };
    expect((await paddle.send(event, both)).status).toBe(200);
    await runJobs(database);
    expect(await payments()).toMatchObject([{ status: "failed" }]);
  });

  test(
    "in whatever order the six come, each twice, one payment is made",
    async () => {
      for (const order of ordersOf(6, 15)) {
        customer_id = (await w.customer()).id;
        const { invoice, page } = await paddle.bought(
          w.ctx,
          customer_id,
          2_500,
        );
        page.decline();
        page.pay({ save: true });
        const { id } = page.transaction;
        const item = { item_id: "txnitm_1", type: "partial", amount: "500" };
        await fetch(`${paddle.server().url}/adjustments`, {
          method: "POST",
          headers: { authorization: `Bearer ${paddle.server().key}` },
          body: JSON.stringify({
            ...{ action: "refund", transaction_id: id, reason: "Late" },
            items: [item],
          }),
        });
        const refund = paddle.server().store.all("adj").at(-1);
        paddle.server().people.decide(refund?.id ?? "", "approved");
        const events = paddle.server().take();
        expect(events).toHaveLength(6);
        const kept = await keep(events);
        for (const at of order) await processTwice(kept[at] ?? "");
        expect([order, await standing(w.ctx, invoice)]).toEqual([
          order,
          "paid, partially_refunded, 0 due",
        ]);
        expect(await payments()).toMatchObject([
          { status: "succeeded", refunded: usd(500) },
        ]);
      }
    },
    timeForOrders,
  );
});

test("a chargeback takes a payment back, and its reversal gives it back, in whatever order they are told", async () => {
  for (const isReversed of [false, true])
    for (const order of ordersOf(isReversed ? 5 : 3, 10)) {
      customer_id = (await w.customer()).id;
      const { invoice, page } = await paddle.bought(w.ctx, customer_id, 2_500);
      page.pay();
      const { people } = paddle.server();
      const { id } = people.chargeBack(page.transaction.id);
      if (isReversed) people.reverseChargeBack(id);
      const kept = await keep(paddle.server().take());
      for (const at of order) await processTwice(kept[at] ?? "");
      expect([order, await standing(w.ctx, invoice)]).toEqual([
        order,
        isReversed ? "paid, paid, 0 due" : "open, unpaid, 2500 due",
      ]);
      expect(await payments()).toMatchObject([
        {
          disputed: usd(isReversed ? 0 : 2_500),
          disputes: [{ status: isReversed ? "won" : "lost" }],
        },
      ]);
    }
}, 600_000);

test("a chargeback that is reversed later is booked, and then booked back", async () => {
  const { invoice, page } = await paddle.bought(w.ctx, customer_id, 2_500);
  page.pay();
  const { people } = paddle.server();
  const { id } = people.chargeBack(page.transaction.id);
  await paddle.deliver();
  expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 2500 due");
  people.reverseChargeBack(id);
  await paddle.deliver(paddle.server().take().reverse());
  expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  expect((await payments())[0]).toMatchObject({
    disputed: usd(0),
    disputes: [{ status: "won", taken: usd(0) }],
  });
});

test("reconciling with Paddle walks its pages, and reports what differs", async () => {
  for (let i = 0; i < 40; i += 1) {
    const { transaction } = paddle
      .server()
      .people.subscribe("ctm_stranger", "100");
    transaction.status = "draft";
  }
  const { page } = await paddle.bought(w.ctx, customer_id, 900);
  page.pay();
  await paddle.deliver();
  const lost = await paddle.bought(w.ctx, customer_id, 300);
  lost.page.pay();
  paddle.server().take();
  page.transaction.details.totals["grand_total"] = "950";
  const report = await reconcile(w.ctx, {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const found = report.differences.map(
    ({ kind, provider_payment_id }) => `${kind} ${provider_payment_id}`,
  );
  expect(found).toEqual(
    expect.arrayContaining([
      `amount ${page.transaction.id}`,
      `missing_here ${lost.page.transaction.id}`,
    ]),
  );
  page.transaction.details.totals["grand_total"] = "900";
});

async function keep(events: PaddleEvent[]): Promise<string[]> {
  for (const event of events) await paddle.send(event, {});
  const rows = await database.query<{ id: string; event_id: string }>(
    "SELECT id, event_id FROM inbound_webhooks WHERE event_id = ANY($1)",
    [events.map(({ event_id }) => event_id)],
  );
  return events.map(({ event_id }) => {
    const row = rows.find((one) => one.event_id === event_id);
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
