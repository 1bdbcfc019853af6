import { setBalance } from "@/modules/ledger";
import { getPayment, payInvoice, receivePayment } from "@/modules/payments";
import { getCustomer } from "@/modules/customers";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import {
  openInvoice,
  saveCard,
  standing,
  usd,
  wrongBooks,
} from "./payments-fixture";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
let customer_id: string;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const receive = (body: object) =>
  callRoute("payments.create", {
    headers,
    body: { customer_id, method: "cash", ...body },
  });

describe("money received by hand", () => {
  test("pays the invoices named in their order, and the rest is credit", async () => {
    const [first, second] = [
      await openInvoice(w.ctx, customer_id, 3_000),
      await openInvoice(w.ctx, customer_id, 5_000),
    ];
    const { status, body } = await receive({
      amount: usd(4_000),
      invoice_ids: [first, second],
      reference: "Till 3",
    });
    expect([status, body.status, body.credited]).toEqual([
      201,
      "succeeded",
      usd(0),
    ]);
    expect(await standing(w.ctx, first)).toBe("paid, paid, 0 due");
    expect(await standing(w.ctx, second)).toBe(
      "open, partially_paid, 4000 due",
    );
    const rest = await receive({ amount: usd(4_500), invoice_ids: [second] });
    expect(rest.body.credited).toEqual(usd(500));
    const customer = await getCustomer(w.ctx, customer_id);
    expect(customer.balance).toEqual(usd(500));
    expect(customer.total_revenue).toEqual(usd(8_500));
    expect(customer.last_payment_at).toBe(rest.body.paid_at);
  });

  test("for no invoice is credit, which the next invoice takes", async () => {
    await receive({ amount: usd(2_000) });
    const invoice = await openInvoice(w.ctx, customer_id, 1_500);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    const { balance } = await getCustomer(w.ctx, customer_id);
    expect(balance).toEqual(usd(500));
  });

  test("gets receipt numbers without gaps, of eight at once too", async () => {
    const before = await lastReceipt();
    const made = await Promise.all(
      Array.from({ length: 8 }, () => receive({ amount: usd(100) })),
    );
    const numbers = made
      .map(({ body }) => place(body.receipt_number))
      .sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => before + 1 + i));
  });

  test("an older payment leaves the time of the last one alone", async () => {
    const now = await receive({ amount: usd(100) });
    await receive({ amount: usd(100), paid_at: "2026-01-05T00:00:00Z" });
    const { last_payment_at } = await getCustomer(w.ctx, customer_id);
    expect(last_payment_at).toBe(now.body.paid_at);
  });

  test.each([
    ["nothing", { amount: usd(0) }, 400, "amount"],
    ["less than nothing", { amount: usd(-5) }, 400, "amount"],
    [
      "of the future",
      { amount: usd(5), paid_at: "2999-01-01T00:00:00Z" },
      400,
      "paid_at",
    ],
    ["by card", { amount: usd(5), method: "card" }, 400, "method"],
  ])("%s is refused by name", async (_, body, status, field) => {
    const answer = await receive(body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body.details)).toContain(field);
  });

  test("is refused for an invoice of somebody else, of another currency, or paid already", async () => {
    const other = (await w.customer()).id;
    const theirs = await openInvoice(w.ctx, other, 100);
    const foreign = await receive({ amount: usd(100), invoice_ids: [theirs] });
    expect([foreign.status, foreign.body.error]).toEqual([
      400,
      expect.stringContaining("not an invoice of this customer"),
    ]);
    const own = await openInvoice(w.ctx, customer_id, 100);
    const euros = { amount: { amount: 100, currency: "EUR" } };
    expect((await receive({ ...euros, invoice_ids: [own] })).status).toBe(400);
    await receive({ amount: usd(100), invoice_ids: [own] });
    const again = await receive({ amount: usd(100), invoice_ids: [own] });
    expect(again.status).toBe(409);
  });

  test("two payments at once of one invoice: the second one's rest is credit", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const both = await Promise.all([
      receive({ amount: usd(700), invoice_ids: [invoice] }),
      receive({ amount: usd(700), invoice_ids: [invoice] }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    const { balance } = await getCustomer(w.ctx, customer_id);
    expect(balance).toEqual(usd(400));
  });
});

describe("paying an invoice", () => {
  const pay = (id: string, body: Parameters<typeof payInvoice>[2]) =>
    payInvoice(w.ctx, id, body);

  test("from credit takes what there is", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    await expect(pay(invoice, { by: "credit" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await receivePayment(w.ctx, {
      customer_id,
      method: "cash",
      amount: usd(400),
    });
    const { due, payment } = await pay(invoice, { by: "credit" });
    expect([due, payment]).toEqual([usd(600), null]);
    expect(await standing(w.ctx, invoice)).toMatch(/^open, .*, 600 due$/);
  });

  test("by money that was received takes what is due, unless said", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const { payment } = await pay(invoice, { by: "manual", method: "check" });
    expect(payment?.amount).toEqual(usd(1_000));
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  });

  test("by the default method charges it once, however often it is asked", async () => {
    await saveCard(w.ctx, database, customer_id);
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => pay(invoice, { by: "default_method" })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(
      1,
    );
    expect(await standing(w.ctx, invoice)).toBe("open, pending, 1000 due");
    await runJobs(database);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    const { total_revenue } = await getCustomer(w.ctx, customer_id);
    expect(total_revenue).toEqual(usd(1_000));
  });

  test.each([
    ["declines", "card_declined"],
    ["authenticates", "authentication_required"],
  ] as const)(
    "by a card that %s fails, says why, and can be tried again",
    async (behavior, code) => {
      await saveCard(w.ctx, database, customer_id, behavior);
      const invoice = await openInvoice(w.ctx, customer_id, 1_000);
      const { payment } = await pay(invoice, { by: "default_method" });
      await runJobs(database);
      const failed = await getPayment(w.ctx, payment?.id ?? "");
      expect([failed.status, failed.failure_code]).toEqual(["failed", code]);
      expect(await standing(w.ctx, invoice)).toBe("open, failed, 1000 due");
      await pay(invoice, { by: "default_method" });
      await pay(invoice, { by: "manual", method: "cash" });
      await runJobs(database);
    },
  );

  test("with no method to charge, or by hand as a customer, is refused with words", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    await expect(pay(invoice, { by: "default_method" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const { cookie } = await w.person("owner", customer_id);
    const answer = await callRoute("payments.pay", {
      headers: { cookie, origin: w.origin },
      params: { invoice_id: invoice },
      body: { by: "manual", method: "cash" },
    });
    expect([answer.status, answer.body.code]).toEqual([403, "FORBIDDEN"]);
  });
});

test("a customer's payments stand in the way of its deletion", async () => {
  await receive({ amount: usd(100) });
  const answer = await callRoute("customers.remove", {
    headers,
    params: { customer_id },
  });
  expect(answer.status).toBe(409);
  expect(JSON.stringify(answer.body.details)).toContain("payments");
});

test("a balance that was set pays as credit does", async () => {
  await setBalance(w.ctx, customer_id, {
    balance: usd(300),
    reason: "Opening",
  });
  const invoice = await openInvoice(w.ctx, customer_id, 300);
  expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
});

async function lastReceipt(): Promise<number> {
  const [row] = await database.query<{ last: string }>(
    "SELECT last FROM invoice_series WHERE series LIKE 'RCT%'",
  );
  return Number(row?.last ?? 0);
}

function place(number: string): number {
  return Number(number.split("-").at(-1));
}
