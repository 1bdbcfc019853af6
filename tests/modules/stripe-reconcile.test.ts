import {
  getInbound,
  listCustomerPayments,
  reconcile,
} from "@/modules/payments";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { openInvoice, standing } from "./payments-fixture";
import { useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});
afterEach(() => {
  stripe.server().isDown = false;
});

/** A customer that paid so much by Stripe. */
async function paid(cents: number) {
  const { id } = await w.customer();
  const invoice = await openInvoice(w.ctx, id, cents);
  const { page } = await stripe.checkout(w.ctx, id, invoice);
  page.pay();
  return { id, invoice, intent: page.intent };
}

const soon = () => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
});

test("reconciling walks every page, and reports what differs on either side", async () => {
  const events: string[] = [];
  for (let i = 0; i < 4; i += 1) events.push((await paid(100 + i)).intent);
  await stripe.deliver();
  const { store } = stripe.server();
  // Beyond a page: payments that nobody has tried need not be known here.
  for (let i = 0; i < 120; i += 1)
    store.add("payment_intent", {
      ...{ amount: 100, amount_received: 0, currency: "usd", metadata: {} },
      ...{ customer: null, description: null, latest_charge: null },
      status: "requires_payment_method",
      payment_method: null,
      payment_method_types: ["card"],
      last_payment_error: null,
    });
  const before = await reconcile(w.ctx, soon());
  expect(before).toMatchObject({
    checked: 124,
    differences: [],
    is_balanced: true,
  });

  const lost = await paid(700);
  stripe.server().take();
  const [amount = "", refunded = "", status = "", gone = ""] = events;
  store.get("payment_intent", amount).amount_received = 50;
  stripe.people().refund(refunded, 10);
  stripe.server().take();
  store.get("payment_intent", status).status = "canceled";
  store.things.delete(gone);
  await database.query(
    "UPDATE payments SET created_at = created_at - interval '20 minutes' WHERE provider_payment_id = $1",
    [gone],
  );
  const report = await reconcile(w.ctx, soon());
  const found = report.differences.map(
    ({ kind, provider_payment_id }) => `${kind} ${provider_payment_id}`,
  );
  expect(found.sort()).toEqual([
    `amount ${amount}`,
    `missing_here ${lost.intent}`,
    `missing_there ${gone}`,
    `refunded ${refunded}`,
    `status ${status}`,
  ]);
  expect(await standing(w.ctx, lost.invoice)).toBe("open, unpaid, 700 due");
});

test("reconciling while Stripe is down says so, with 503", async () => {
  stripe.server().isDown = true;
  const answer = await callRoute("inbound.reconcile", {
    headers,
    body: soon(),
  });
  expect([answer.status, answer.body.error]).toEqual([
    503,
    expect.stringContaining("Stripe does not answer"),
  ]);
});

test("an event that comes while Stripe is down ends in the dead letters, and a replay heals it", async () => {
  const { id, invoice } = await paid(900);
  const event = stripe
    .server()
    .take()
    .find(({ type }) => type === "payment_intent.succeeded");
  if (!event) throw new Error("Nothing was paid.");
  stripe.server().isDown = true;
  expect((await stripe.send(event)).status).toBe(200);
  await runJobs(database);
  const { body } = await callRoute("inbound.list", {
    headers,
    query: { event_id: event.id },
  });
  const [{ id: kept }] = body.items;
  expect(await getInbound(w.ctx, kept)).toMatchObject({
    ...{ status: "dead", attempts: 8 },
    last_error: "Stripe does not answer at the moment.",
  });
  expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 900 due");
  stripe.server().isDown = false;
  const replayed = await callRoute("inbound.replay", {
    headers,
    params: { inbound_webhook_id: kept },
  });
  expect(replayed.status).toBe(202);
  await runJobs(database);
  expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  const { items } = await listCustomerPayments(w.ctx, id, {});
  expect(items).toHaveLength(1);
});
