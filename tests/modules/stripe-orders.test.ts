import {
  listCustomerPayments,
  listMethods,
  payInvoice,
  refundPayment,
  removeMethod,
} from "@/modules/payments";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { openInvoice, standing, usd, wrongBooks } from "./payments-fixture";
import { useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

let w: World;
let customer_id: string;
beforeAll(async () => {
  w = await world();
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
});
afterEach(async () => {
  stripe.server().isDown = false;
  expect(await wrongBooks(database)).toEqual([]);
});

const payments = async () =>
  (await listCustomerPayments(w.ctx, customer_id, {})).items;

/** A card that is kept at Stripe and here, as the customer's default. */
async function keepCard(behavior: "pays" | "declines" | "authenticates") {
  const { page } = await stripe.checkout(w.ctx, customer_id, null);
  page.pay({ behavior });
  await stripe.deliver();
}

describe("a checkout by Stripe", () => {
  test("is a hosted page; once paid, the invoice is, by one payment", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 2_500);
    const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
    expect(page.session).toMatchObject({
      mode: "payment",
      amount_total: 2_500,
      currency: "usd",
      metadata: { customer_id, invoice_id: invoice },
    });
    page.decline();
    page.authenticate();
    page.pay();
    await stripe.deliver();
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect(await payments()).toMatchObject([
      {
        ...{ status: "succeeded", provider: "stripe", method: "card" },
        ...{ amount: usd(2_500), invoice_id: invoice },
      },
    ]);
  });

  test("asked for twice is one page, and makes one customer there", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 700);
    const [one, two] = await Promise.all([
      stripe.customerThere(w.ctx, customer_id),
      stripe.customerThere(w.ctx, customer_id),
    ]);
    expect(one).toBe(two);
    const first = await stripe.checkout(w.ctx, customer_id, invoice);
    const second = await stripe.checkout(w.ctx, customer_id, invoice);
    expect(second.page.session.id).toBe(first.page.session.id);
    const made = stripe
      .server()
      .store.all(
        "customer",
        ({ metadata }) => metadata["customer_id"] === customer_id,
      );
    expect(made).toHaveLength(1);
  });

  test("that fails, is refused by the bank, or is left alone pays nothing", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 700);
    const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
    page.authenticate();
    page.refuseAuthentication();
    await stripe.deliver();
    expect(await payments()).toMatchObject([
      {
        status: "failed",
        failure_code: "payment_intent_authentication_failure",
      },
    ]);
    page.expire();
    await stripe.deliver();
    expect(await standing(w.ctx, invoice)).toBe("open, failed, 700 due");
  });

  test("saves a card, which is charged from then on", async () => {
    await keepCard("pays");
    expect((await listMethods(w.ctx, customer_id)).items).toMatchObject([
      {
        provider: "stripe",
        brand: "visa",
        last_four: "4242",
        is_default: true,
      },
    ]);
    const invoice = await openInvoice(w.ctx, customer_id, 1_200);
    await payInvoice(w.ctx, invoice, { by: "default_method" });
    await runJobs(database);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    await stripe.deliver();
    expect(await payments()).toHaveLength(1);
  });

  test("while Stripe is down answers 503 with words, and charges nothing", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 700);
    const { cookie } = await w.person("owner", customer_id);
    stripe.server().isDown = true;
    const answer = await callRoute("checkout.stripe", {
      headers: { cookie, origin: w.origin },
      body: { purpose: "invoice", invoice_id: invoice },
    });
    expect([answer.status, answer.body.error]).toEqual([
      503,
      "Stripe does not answer at the moment. Nothing was charged; try again in a moment.",
    ]);
    expect(await payments()).toEqual([]);
    expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 700 due");
  });
});

describe("a charge of a saved card", () => {
  test.each([
    ["declines", "card_declined"],
    ["authenticates", "authentication_required"],
  ] as const)(
    "that %s has failed, and can be paid on a page",
    async (behavior, code) => {
      await keepCard(behavior);
      const invoice = await openInvoice(w.ctx, customer_id, 1_200);
      await payInvoice(w.ctx, invoice, { by: "default_method" });
      await runJobs(database);
      expect(await payments()).toMatchObject([
        { status: "failed", failure_code: code },
      ]);
      await stripe.deliver();
      expect(await payments()).toHaveLength(1);
      const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
      page.pay();
      await stripe.deliver();
      expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
      expect(await payments()).toHaveLength(2);
    },
  );

  test("whose answer is lost on the way is made once", async () => {
    await keepCard("pays");
    const invoice = await openInvoice(w.ctx, customer_id, 1_200);
    await payInvoice(w.ctx, invoice, { by: "default_method" });
    stripe.server().losesAnswers = 1;
    await runJobs(database);
    await stripe.deliver();
    expect(await payments()).toMatchObject([{ status: "succeeded" }]);
    const there = stripe
      .server()
      .store.all(
        "charge",
        ({ metadata }) => metadata["invoice_id"] === invoice,
      );
    expect(there).toHaveLength(1);
  });

  test("while Stripe is down waits, and is made when it is back", async () => {
    await keepCard("pays");
    const invoice = await openInvoice(w.ctx, customer_id, 1_200);
    await payInvoice(w.ctx, invoice, { by: "default_method" });
    stripe.server().isDown = true;
    await expect(runJobs(database)).rejects.toThrow("does not answer");
    expect(await payments()).toMatchObject([{ status: "pending" }]);
    stripe.server().isDown = false;
    await runJobs(database);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  });

  test("of a removed card is not possible, and it is detached there", async () => {
    await keepCard("pays");
    const [method] = (await listMethods(w.ctx, customer_id)).items;
    await removeMethod(w.ctx, method?.id ?? "");
    await runJobs(database);
    await stripe.deliver();
    const there = await stripe.customerThere(w.ctx, customer_id);
    const { store } = stripe.server();
    const kept = store.all("payment_method", (one) => one.customer === there);
    expect(kept).toEqual([]);
    expect((await listMethods(w.ctx, customer_id)).items).toEqual([]);
  });
});

describe("a refund by Stripe", () => {
  async function paid(cents: number) {
    const invoice = await openInvoice(w.ctx, customer_id, cents);
    const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
    page.pay();
    await stripe.deliver();
    const [payment] = await payments();
    if (!payment?.provider_payment_id) throw new Error("Nothing was paid.");
    return { id: payment.id, there: payment.provider_payment_id, invoice };
  }

  test("goes through once, though it is told of again", async () => {
    const { id, invoice } = await paid(1_000);
    await refundPayment(w.ctx, id, { amount: usd(400), reason: "Goodwill" });
    await runJobs(database);
    const events = stripe.server().take();
    await stripe.deliver([...events, ...events]);
    expect((await payments())[0]?.refunds).toMatchObject([
      { status: "succeeded", amount: usd(400), reason: "Goodwill" },
    ]);
    expect(await standing(w.ctx, invoice)).toBe(
      "paid, partially_refunded, 0 due",
    );
  });

  test("of more than was paid is refused here, and there", async () => {
    const { id, there } = await paid(1_000);
    await expect(
      refundPayment(w.ctx, id, { amount: usd(1_001), reason: "Too much" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    // Half of it was given back in the dashboard, and nobody here knows yet.
    stripe.people().refund(there, 500);
    await refundPayment(w.ctx, id, { amount: usd(1_000), reason: "All" });
    await runJobs(database);
    const [payment] = await payments();
    expect(payment?.refunds).toMatchObject([{ status: "failed" }]);
    await stripe.deliver();
    expect((await payments())[0]?.refunded).toEqual(usd(500));
  });

  test("that its bank refuses is no refund any more", async () => {
    const { id, there } = await paid(1_000);
    stripe.people().holdRefunds(there);
    await refundPayment(w.ctx, id, { amount: usd(300), reason: "Goodwill" });
    await runJobs(database);
    await stripe.deliver();
    expect((await payments())[0]?.refunds).toMatchObject([
      { status: "pending" },
    ]);
    const [refund] = stripe.server().store.all("refund");
    stripe.people().endRefund(refund?.id ?? "", "failed");
    await stripe.deliver();
    expect((await payments())[0]).toMatchObject({
      refunded: usd(0),
      refunds: [
        { status: "failed", failure_message: "expired_or_canceled_card" },
      ],
    });
  });
});

test("the billing portal is Stripe's own", async () => {
  const { cookie } = await w.person("owner", customer_id);
  const answer = await callRoute("checkout.portal", {
    headers: { cookie, origin: w.origin },
  });
  expect([answer.status, answer.body.url]).toEqual([
    200,
    expect.stringContaining("/p/session/cus_"),
  ]);
});
