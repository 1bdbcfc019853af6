import {
  draftInvoice,
  finalizeInvoice,
  setPaymentStatus,
} from "@/modules/invoices";
import type { Invoice } from "@/modules/invoices/contract";
import { setBalance } from "@/modules/ledger";
import { prisma } from "@/platform/db";
import { transaction } from "@/platform/db/transaction";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { invoicesFixture, line, usd } from "./invoices-fixture";

const database = useDatabase();
const { call, customerNow, drafted, headers, issued, pay, world } =
  invoicesFixture(database);

test("a draft has no number, may change and go; an issued invoice has one and stays", async () => {
  const draft = await drafted({ lines: [line("19.99", "3"), line("-5")] });
  expect(draft).toMatchObject({
    status: "draft",
    number: null,
    total: usd(5_497),
    lines: [
      { kind: "one_off", amount: usd(5_997) },
      { kind: "discount", amount: usd(-500) },
    ],
  });
  const patch = { lines: [line("7")], memo: "Thanks" };
  const changed = await call("invoices.update", draft.id, patch);
  expect(changed.body).toMatchObject({ total: usd(700), memo: "Thanks" });
  const { body } = await call("invoices.finalize", draft.id);
  const year = new Date().getUTCFullYear();
  expect(body.number).toMatch(new RegExp(`^INV-${year}-\\d{6}$`));
  expect(body).toMatchObject({ status: "open", due: usd(700) });
  for (const [verb, sent] of [
    ["update", patch],
    ["remove", undefined],
    ["finalize", undefined],
  ] as const) {
    const answer = await call(`invoices.${verb}`, draft.id, sent);
    expect([verb, answer.status, answer.body.code]).toEqual([
      verb,
      409,
      "CONFLICT",
    ]);
    expect(answer.body.error).toMatch(/credit note/);
  }
  const gone = await drafted();
  expect((await call("invoices.remove", gone.id)).status).toBe(200);
  expect((await call("invoices.get", gone.id)).status).toBe(404);
});

test("the database itself keeps an issued invoice and its lines", async () => {
  const { id } = await issued();
  const where = { id: toUuid(id) };
  const db = prisma();
  await expect(
    db.invoice.update({ where, data: { total_minor: 1n } }),
  ).rejects.toThrow(/never changes/);
  await expect(
    db.invoiceLine.deleteMany({ where: { invoice_id: where.id } }),
  ).rejects.toThrow(/never change/);
});

test("lines of another currency than the invoice's are refused by name", async () => {
  const { id } = await world().customer();
  const lines = [
    line("1"),
    { description: "Mixed", amount: { amount: 100, currency: "EUR" } },
  ];
  const body = { customer_id: id, lines };
  const answer = await callRoute("invoices.create", {
    headers: headers(),
    body,
  });
  expect(answer.status).toBe(400);
  expect(answer.body.details.fields[0].field).toBe(
    "body.lines.1.amount.currency",
  );
});

test.each([
  ["JPY", "1500", 1_500],
  ["USD", "15.005", 1_501],
  ["KWD", "15.0055", 15_006],
])(
  "%s: %s is %i minor units, in lines and totals",
  async (currency, price, minor) => {
    const invoice = await issued({
      currency,
      lines: [line(price), line(price)],
    });
    expect(invoice.total).toEqual({ amount: 2 * minor, currency });
    expect(invoice.lines.map(({ amount }) => amount.amount)).toEqual([
      minor,
      minor,
    ]);
  },
);

test("credit is taken first, and pays the whole when it suffices", async () => {
  const { id } = await world().customer();
  await setBalance(world().ctx, id, {
    balance: usd(15_000),
    reason: "Opening",
  });
  const first = await issued({ customer_id: id });
  expect(first).toMatchObject({
    status: "paid",
    payment_status: "paid",
    credit_applied: usd(10_000),
    due: usd(0),
  });
  const second = await issued({ customer_id: id });
  expect(second).toMatchObject({
    status: "open",
    credit_applied: usd(5_000),
    due: usd(5_000),
  });
  const customer = await customerNow(id);
  expect(customer.balance).toEqual(usd(-5_000));
  expect(customer).toMatchObject({
    total_invoices: 2,
    outstanding_invoices: 1,
  });
});

test("what an invoice gives back becomes credit", async () => {
  const { id } = await world().customer();
  const invoice = await issued({ customer_id: id, lines: [line("-40")] });
  expect(invoice).toMatchObject({
    status: "paid",
    total: usd(-4_000),
    due: usd(0),
  });
  expect((await customerNow(id)).balance).toEqual(usd(4_000));
});

test("payments lower what is due until it is paid, and never exceed it", async () => {
  const invoice = await issued();
  await pay(invoice.id, 4_000n);
  const part = await call("invoices.get", invoice.id);
  expect(part.body).toMatchObject({
    status: "open",
    payment_status: "partially_paid",
    paid: usd(4_000),
    due: usd(6_000),
  });
  await expect(pay(invoice.id, 6_001n)).rejects.toMatchObject({
    code: "CONFLICT",
  });
  const raced = await Promise.allSettled(
    Array.from({ length: 5 }, () => pay(invoice.id, 6_000n)),
  );
  expect(raced.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const done = await call("invoices.get", invoice.id);
  expect(done.body).toMatchObject({ status: "paid", due: usd(0) });
  const customer = await customerNow(invoice.customer_id);
  expect(customer.outstanding_invoices).toBe(0);
  const events = await database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox WHERE name = 'invoice.paid'
     AND payload->>'invoice_id' = '${invoice.id}'`,
  );
  expect(events).toEqual([{ n: 1 }]);
});

test("a period is billed once, however often it is drafted", async () => {
  const { id } = await world().customer();
  const draft = () =>
    transaction(world().ctx, (tx) =>
      draftInvoice(tx, {
        customerId: id,
        reason: "subscription_cycle",
        currency: "USD",
        billingKey: `${id}:period:1`,
        lines: [{ kind: "base_fee", description: "Pro", minor: 7_900n }],
        discount: { percent: "10" },
      }),
    );
  const made = await Promise.all([draft(), draft(), draft()]);
  expect(new Set(made.map((one) => one.id)).size).toBe(1);
  expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
  const invoice = await transaction(world().ctx, (tx) =>
    finalizeInvoice(tx, made[0]?.id ?? ""),
  );
  expect(invoice).toMatchObject({ discount: usd(790), total: usd(7_110) });
  await transaction(world().ctx, (tx) =>
    setPaymentStatus(tx, invoice.id, "failed"),
  );
  const seen = await call("invoices.get", invoice.id);
  expect(seen.body.payment_status).toBe("failed");
});

test("a customer sees its own invoices, and no drafts", async () => {
  const mine = await world().person("billing");
  const { customerId: customer_id } = mine;
  const headers = { cookie: mine.cookie, origin: world().origin };
  const draft = await drafted({ customer_id });
  const open = await issued({ customer_id });
  await issued();
  const { body } = await callRoute("invoices.listOwn", { headers });
  expect(body.items.map((one: Invoice) => one.id)).toEqual([open.id]);
  const get = (invoice_id: string) =>
    callRoute("invoices.get", { headers, params: { invoice_id } });
  expect((await get(draft.id)).status).toBe(404);
  expect((await get(open.id)).status).toBe(200);
});

test("a customer with invoices cannot be deleted", async () => {
  const { customer_id } = await drafted();
  const answer = await callRoute("customers.remove", {
    headers: headers(),
    params: { customer_id },
  });
  expect(answer.status).toBe(409);
  expect(answer.body.details.blockers).toContainEqual({
    kind: "invoices",
    count: 1,
  });
});
