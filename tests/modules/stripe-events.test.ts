import {
  listCustomerPayments,
  listMethods,
  makeDefaultMethod,
} from "@/modules/payments";
import { statement } from "@/modules/ledger";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { openInvoice, standing, usd, wrongBooks } from "./payments-fixture";
import { kept, told, useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

let w: World;
let customer_id: string;
let there: string;
beforeAll(async () => {
  w = await world();
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
  there = await stripe.customerThere(w.ctx, customer_id);
  stripe.server().take();
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const payments = async () =>
  (await listCustomerPayments(w.ctx, customer_id, {})).items;
const methods = async () => (await listMethods(w.ctx, customer_id)).items;

async function bought(cents = 1_000) {
  const invoice = await openInvoice(w.ctx, customer_id, cents);
  const { page, checkout } = await stripe.checkout(w.ctx, customer_id, invoice);
  const intent = page.intent;
  return { invoice, page, checkout, intent };
}

const progress = async (checkout_id: string) =>
  (await callRoute("checkout.progress", { params: { checkout_id } })).body
    .state;

describe("checkout.session", () => {
  test("completed by a bank debit waits for the money, which comes or does not", async () => {
    for (const doesCome of [true, false]) {
      const { invoice, page, checkout } = await bought();
      page.payLater();
      await stripe.deliver();
      expect(await progress(checkout.id)).toBe("confirming");
      page.moneyComes(doesCome);
      const last = stripe.server().take();
      // Only the session's own event: it must do without the payment's.
      await stripe.deliver(last.slice(-1));
      expect(last.at(-1)?.type).toBe(
        `checkout.session.async_payment_${doesCome ? "succeeded" : "failed"}`,
      );
      expect(await standing(w.ctx, invoice)).toBe(
        doesCome ? "paid, paid, 0 due" : "open, failed, 1000 due",
      );
    }
  });

  test("expired is over", async () => {
    const { page, checkout } = await bought();
    page.expire();
    await stripe.deliver();
    expect(await progress(checkout.id)).toBe("expired");
  });
});

describe("customer.subscription", () => {
  test.each([
    ["created", "active", {}],
    ["updated", "past_due", { status: "past_due" }],
    ["paused", "paused", { status: "paused" }],
    ["resumed", "active", { status: "active" }],
    [
      "trial_will_end",
      "trialing",
      { status: "trialing", trial_end: 1_800_000_000 },
    ],
    [
      "deleted",
      "canceled",
      {
        status: "canceled",
        ended_at: 1_800_000_000,
        canceled_at: 1_800_000_000,
      },
    ],
  ] as const)("%s tells what it is now", async (verb, status, change) => {
    const { id } = stripe.people().subscribe({
      customer: there,
      amount: 2_900,
      quantity: 2,
      interval: "year",
      lookup_key: "pro",
      metadata: { plan_version_id: "no id of ours" },
    });
    stripe.server().take();
    stripe.people().change(id, verb, change);
    const [event] = stripe.server().take();
    await stripe.deliver(event && [event]);
    expect(event?.type).toBe(`customer.subscription.${verb}`);
    expect(
      await told(database, "provider.subscription_changed", customer_id),
    ).toMatchObject([
      {
        ...{ provider: "stripe", provider_subscription_id: id, customer_id },
        ...{ plan_version_id: null, plan_code: "pro", interval: "year" },
        ...{ quantity: 2, currency: "USD", amount_minor: 5_800, status },
        ended_at: status === "canceled" ? "2027-01-15T08:00:00.000Z" : null,
        current_period_end: expect.stringMatching(/^20.*Z$/),
        read_at: expect.stringMatching(/^20.*Z$/),
      },
    ]);
  });

  test("of a customer that is none of ours is kept as ignored", async () => {
    const stranger = stripe.server().store.add("customer", {
      ...{ name: "X", email: null, metadata: {} },
      invoice_settings: {
        ...{ custom_fields: null, default_payment_method: null },
        ...{ footer: null, rendering_options: null },
      },
    });
    stripe.people().subscribe({ customer: stranger.id, amount: 100 });
    const [event] = stripe.server().take();
    if (!event) throw new Error("Nothing happened.");
    await stripe.deliver([event]);
    expect(await kept(database, event)).toBe("ignored");
  });
});

describe("invoice", () => {
  test("of Stripe's own that is paid is one payment, which is revenue and no credit", async () => {
    const { id } = stripe
      .people()
      .subscribe({ customer: there, amount: 2_900 });
    const invoice = stripe.people().bill(id);
    await stripe.deliver();
    expect(await payments()).toMatchObject([
      {
        status: "succeeded",
        amount: usd(2_900),
        credited: usd(0),
        invoice_id: null,
      },
    ]);
    expect(
      (await told(database, "provider.invoice_changed", customer_id)).at(-1),
    ).toMatchObject({
      ...{ provider_invoice_id: invoice.id, provider_subscription_id: id },
      ...{ status: "paid", total_minor: 2_900, paid_minor: 2_900 },
      ...{ currency: "USD", number: invoice.number },
      hosted_url: invoice.hosted_invoice_url,
    });
    const { items } = await statement(w.ctx, customer_id, { limit: 20 });
    expect(items[0]?.entries).toEqual([
      { account: "cash", amount: usd(2_900) },
      { account: "revenue", amount: usd(-2_900) },
    ]);
  });

  test.each([
    ["payment_failed", "open"],
    ["payment_action_required", "open"],
    ["voided", "void"],
    ["marked_uncollectible", "uncollectible"],
  ])("%s is told, and its payment has failed", async (verb, status) => {
    const { id } = stripe
      .people()
      .subscribe({ customer: there, amount: 2_900 });
    const invoice = stripe.people().bill(id, false);
    stripe.server().take();
    invoice.status = status;
    const { store } = stripe.server();
    await stripe.deliver([store.happen(`invoice.${verb}`, invoice)]);
    expect(
      await told(database, "provider.invoice_changed", customer_id),
    ).toMatchObject([{ status, paid_minor: 0 }]);
    expect(await payments()).toMatchObject([
      { status: "failed", failure_code: "card_declined" },
    ]);
  });
});

describe("payment_intent and charge", () => {
  test("payment_intent.canceled gives the payment up", async () => {
    const { page, intent } = await bought();
    page.decline();
    await stripe.deliver();
    const { store } = stripe.server();
    const held = store.get("payment_intent", intent);
    held.status = "canceled";
    store.happen("payment_intent.canceled", held);
    await stripe.deliver();
    expect(await payments()).toMatchObject([{ status: "canceled" }]);
  });

  test("charge.refunded brings the payment along, should it come first", async () => {
    const { page, intent, invoice } = await bought();
    page.pay();
    stripe.people().refund(intent, 400);
    const events = stripe.server().take().reverse();
    await stripe.deliver(
      events.filter(({ type }) => type === "charge.refunded"),
    );
    await stripe.deliver(events);
    expect(await payments()).toMatchObject([
      {
        refunded: usd(400),
        refunds: [{ amount: usd(400), status: "succeeded" }],
      },
    ]);
    expect(await standing(w.ctx, invoice)).toBe(
      "paid, partially_refunded, 0 due",
    );
  });
});

describe("payment_method and customer", () => {
  test("a card that is attached, renewed and detached there is so here", async () => {
    const card = stripe.people().card(there);
    await stripe.deliver();
    expect(await methods()).toMatchObject([
      { is_default: true, expires_year: 2031 },
    ]);
    stripe.people().changeCard(card.id, { exp_year: 2035 });
    await stripe.deliver();
    expect(await methods()).toMatchObject([{ expires_year: 2035 }]);
    const { store } = stripe.server();
    card.customer = null;
    await stripe.deliver([store.happen("payment_method.detached", card)]);
    expect(await methods()).toEqual([]);
  });

  test("the default that was chosen in Stripe's portal is the default here", async () => {
    const [one, two] = [
      stripe.people().card(there),
      stripe.people().card(there),
    ];
    await stripe.deliver();
    stripe.people().chooseDefault(there, two.id);
    await stripe.deliver();
    const [first, second] = await methods();
    expect(first).toMatchObject({ is_default: true });
    // What is chosen here later stays, whatever else is said of the customer.
    await makeDefaultMethod(w.ctx, second?.id ?? "");
    stripe.people().rename(there, "Another name");
    await stripe.deliver();
    expect((await methods())[0]?.id).toBe(second?.id);
    expect(one.id).not.toBe(two.id);
  });

  test("a customer that is deleted there loses its cards, and is made anew for the next order", async () => {
    stripe.people().card(there);
    const { page } = await bought();
    page.pay();
    stripe.people().deleteCustomer(there);
    await stripe.deliver(stripe.server().take().reverse());
    expect(await methods()).toEqual([]);
    expect(await payments()).toMatchObject([{ status: "succeeded" }]);
    const next = await stripe.customerThere(w.ctx, customer_id);
    expect(next).not.toBe(there);
    await bought();
  });
});
