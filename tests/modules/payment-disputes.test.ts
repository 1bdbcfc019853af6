import { creditInvoice } from "@/modules/invoices";
import { getCustomer } from "@/modules/customers";
import { statement } from "@/modules/ledger";
import {
  listCustomerPayments,
  receivePayment,
  refundPayment,
} from "@/modules/payments";
import type { Fact } from "@/modules/payments/provider";
import { applyFact } from "@/modules/payments/service/facts";
import { transaction } from "@/platform/db/transaction";
import { useDatabase } from "../support/database";
import { ordersOf } from "../support/orders";
import { world, type World } from "../support/world";
import {
  disputeFact,
  openInvoice,
  refundFact,
  standing,
  usd,
  wrongBooks,
} from "./payments-fixture";
import { told, useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

let w: World;
let customer_id: string;
beforeAll(async () => {
  w = await world();
  await w.staffCookie("billing");
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

/** An invoice that was paid by Stripe, and what Stripe calls the payment. */
async function paid(cents = 1_000) {
  const invoice = await openInvoice(w.ctx, customer_id, cents);
  const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
  page.pay();
  await stripe.deliver();
  return { invoice, intent: page.intent };
}

const payment = async () => {
  const { items } = await listCustomerPayments(w.ctx, customer_id, {});
  const found = items.at(-1);
  if (!found) throw new Error("There is no payment.");
  return found;
};
const booked = async () => {
  const { items } = await statement(w.ctx, customer_id, { limit: 20 });
  return items.map(({ kind, change }) => `${kind} ${change.amount}`);
};
const apply = (fact: Fact) =>
  transaction(w.ctx, (tx) => applyFact(tx, "stripe", fact));
const figures = async () => {
  const customer = await getCustomer(w.ctx, customer_id);
  const { balance, total_revenue, outstanding_invoices } = customer;
  return [balance.amount, total_revenue.amount, outstanding_invoices];
};

describe("a refund that its bank sends back", () => {
  test("is booked back, and its payment and invoice are as they were; staff is told", async () => {
    const { invoice } = await paid();
    const { id } = await payment();
    await refundPayment(w.ctx, id, { amount: usd(400), reason: "Goodwill" });
    await refundPayment(w.ctx, id, { amount: usd(100), reason: "More" });
    await stripe.deliver();
    expect(await standing(w.ctx, invoice)).toBe(
      "paid, partially_refunded, 0 due",
    );
    const [first, second] = stripe.server().store.all("refund").slice(-2);
    for (const refund of [first, second]) {
      stripe.people().endRefund(refund?.id ?? "", "failed");
      const events = stripe.server().take();
      await stripe.deliver([...events, ...events]);
    }
    expect(await payment()).toMatchObject({
      refunded: usd(0),
      refunds: [
        { status: "failed", failure_message: "expired_or_canceled_card" },
        { status: "failed", amount: usd(100) },
      ],
    });
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect(await figures()).toEqual([0, 1_000, 0]);
    expect(await booked()).toEqual([
      ...["refund 0", "refund 0", "refund 0", "refund 0"],
      ...["payment 1000", "invoice -1000"],
    ]);
    expect(
      await told(database, "payment.refund_failed", customer_id),
    ).toHaveLength(2);
    const notices = await database.query(
      "SELECT FROM notifications WHERE event = 'payment.refund_failed'",
    );
    expect(notices).toHaveLength(2);
  });

  test("ends as failed in whatever order news of it come, each twice", async () => {
    const states = ["pending", "succeeded", "failed"] as const;
    for (const order of ordersOf(3)) {
      customer_id = (await w.customer()).id;
      const { invoice, intent } = await paid();
      for (const at of order)
        for (const status of [states[at], states[at]])
          await apply(refundFact({ there: intent, minor: 300n, status }));
      expect([order, await payment()]).toMatchObject([
        order,
        { refunded: usd(0), refunds: [{ status: "failed" }] },
      ]);
      expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    }
  });
});

describe("a dispute", () => {
  test("that is lost takes the payment back once: its invoice is due again", async () => {
    const { invoice, intent } = await paid();
    const { id } = stripe.people().dispute(intent);
    await stripe.deliver();
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    stripe.people().closeDispute(id, "lost");
    const events = stripe.server().take();
    await stripe.deliver([...events, ...events]);
    expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 1000 due");
    expect(await figures()).toEqual([-1_000, 0, 1]);
    expect(await payment()).toMatchObject({
      ...{ status: "succeeded", disputed: usd(1_000), refunded: usd(0) },
      allocations: [{ invoice_id: invoice, pays: usd(0) }],
      disputes: [{ status: "lost", taken: usd(1_000), reason: "fraudulent" }],
    });
    const about = { provider: "stripe", amount_minor: 1_000, currency: "USD" };
    expect(await told(database, "payment.disputed", customer_id)).toMatchObject(
      [
        { ...about, status: "open" },
        { ...about, status: "lost" },
      ],
    );
    const all = { reason: "All of it" };
    await expect(
      refundPayment(w.ctx, (await payment()).id, all),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("that is won takes nothing", async () => {
    const { invoice, intent } = await paid();
    const { id } = stripe.people().dispute(intent);
    stripe.people().closeDispute(id, "won");
    await stripe.deliver(stripe.server().take().reverse());
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect((await payment()).disputes).toMatchObject([{ status: "won" }]);
    expect(await figures()).toEqual([0, 1_000, 0]);
  });

  test("ends alike in whatever order news of it come, each twice", async () => {
    for (const states of [
      ["open", "lost"],
      ["open", "lost", "won"],
    ] as const)
      for (const order of ordersOf(states.length)) {
        customer_id = (await w.customer()).id;
        const { invoice, intent } = await paid();
        for (const at of order)
          for (const status of [states[at], states[at]])
            await apply(disputeFact({ there: intent, status }));
        const isLost = states.length === 2;
        expect([order, await standing(w.ctx, invoice)]).toEqual([
          order,
          isLost ? "open, unpaid, 1000 due" : "paid, paid, 0 due",
        ]);
        expect(await payment()).toMatchObject({
          disputed: usd(isLost ? 1_000 : 0),
          disputes: [{ status: isLost ? "lost" : "won" }],
        });
      }
  });

  test("in part takes the credit that is left first, then of what it paid last", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 600);
    const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
    // Paid by hand meanwhile: what comes by card is credit but for the rest.
    await receive(400, [invoice]);
    page.pay();
    await stripe.deliver();
    expect((await payment()).amount).toEqual(usd(400));
    const card = (
      await listCustomerPayments(w.ctx, customer_id, {})
    ).items.find(({ provider }) => provider === "stripe");
    expect(card).toMatchObject({ credited: usd(400) });
    await apply(disputeFact({ there: page.intent, minor: 500n }));
    expect(await standing(w.ctx, invoice)).toBe(
      "open, partially_paid, 100 due",
    );
    expect(await figures()).toEqual([-100, 500, 1]);
  });

  test("takes what a refund that has failed since leaves free, once", async () => {
    const { invoice, intent } = await paid();
    const refund = { there: intent, minor: 700n };
    await apply(refundFact({ ...refund, status: "pending" }));
    await apply(disputeFact({ there: intent }));
    expect(await standing(w.ctx, invoice)).toBe(
      "open, partially_paid, 300 due",
    );
    for (const status of ["failed", "failed"] as const) {
      await apply(refundFact({ ...refund, status }));
      await stripe.deliver();
    }
    expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 1000 due");
    expect(await payment()).toMatchObject({
      ...{ refunded: usd(0), disputed: usd(1_000) },
      disputes: [{ status: "lost", taken: usd(1_000) }],
    });
    await apply(disputeFact({ there: intent, status: "won" }));
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  });

  test("won after its invoice was paid another way is the customer's credit", async () => {
    const { invoice, intent } = await paid();
    await apply(disputeFact({ there: intent }));
    await receive(700, [invoice]);
    expect(await standing(w.ctx, invoice)).toBe(
      "open, partially_paid, 300 due",
    );
    await apply(disputeFact({ there: intent, status: "won" }));
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect(await figures()).toEqual([700, 1_700, 0]);
  });

  test("of what a credit note has given back already is due in full all the same", async () => {
    const { invoice, intent } = await paid();
    await creditInvoice(w.ctx, invoice, {
      ...{ amount: usd(400), reason: "order_change", rest: "refund" },
    });
    await stripe.deliver();
    await stripe.deliver();
    expect((await payment()).refunds).toMatchObject([
      { status: "succeeded", amount: usd(400) },
    ]);
    await apply(disputeFact({ there: intent, minor: 600n }));
    expect(await standing(w.ctx, invoice)).toBe(
      "open, partially_paid, 600 due",
    );
    expect(await figures()).toEqual([-600, 0, 1]);
    await receive(600, [invoice]);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  });
});

async function receive(cents: number, invoice_ids: string[]) {
  const method = "bank_transfer" as const;
  return receivePayment(w.ctx, {
    ...{ customer_id, method, amount: usd(cents), invoice_ids },
  });
}
