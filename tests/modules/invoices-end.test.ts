import { setBalance } from "@/modules/ledger";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { invoicesFixture, usd } from "./invoices-fixture";

const database = useDatabase();
const { accounts, call, customerNow, issued, pay, world } =
  invoicesFixture(database);

test("a void invoice leaves nothing booked, and gives back the credit it took", async () => {
  const { id } = await world().customer();
  await setBalance(world().ctx, id, { balance: usd(3_000), reason: "Opening" });
  const invoice = await issued({ customer_id: id });
  const { body } = await call("invoices.void", invoice.id, { reason: "Twice" });
  expect(body).toMatchObject({ status: "void", due: usd(0) });
  expect((await customerNow(id)).balance).toEqual(usd(3_000));
  expect(await accounts(id)).toEqual({
    customer_credit: -3_000,
    adjustments: 3_000,
  });
  const again = await call("invoices.void", invoice.id, {});
  expect(again.status).toBe(409);
});

test("an invoice that is paid in part cannot be voided", async () => {
  const { id } = await issued();
  await pay(id, 1n);
  const answer = await call("invoices.void", id, {});
  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatch(/credit note/);
});

test("what was written off can still be paid, and is recovered", async () => {
  const invoice = await issued();
  const { body } = await call("invoices.markUncollectible", invoice.id, {});
  expect(body).toMatchObject({ status: "uncollectible", due: usd(10_000) });
  expect(await accounts(invoice.customer_id)).toEqual({
    revenue: -10_000,
    bad_debt: 10_000,
  });
  const own = await world().person("owner", invoice.customer_id);
  const headers = { cookie: own.cookie, origin: world().origin };
  const query = { status: "uncollectible" };
  const list = await callRoute("invoices.listOwn", { headers, query });
  expect(list.body.items).toMatchObject([{ id: invoice.id }]);
  const seen = await callRoute("invoices.get", {
    ...{ headers, params: { invoice_id: invoice.id } },
  });
  const token = seen.body.pay_url.split("/").at(-1);
  const link = await callRoute("invoices.payView", { params: { token } });
  expect(link.body).toMatchObject({ is_payable: true, due: usd(10_000) });
  await pay(invoice.id, 10_000n);
  // The payment itself is booked by the payments: cash against the receivable that is back.
  expect(await accounts(invoice.customer_id)).toEqual({
    revenue: -10_000,
    receivable: 10_000,
  });
  const customer = await customerNow(invoice.customer_id);
  expect(customer.outstanding_invoices).toBe(0);
});

test("a credit note lowers the debt first; the rest becomes credit or is refunded", async () => {
  const invoice = await issued();
  await pay(invoice.id, 6_000n);
  const note = { amount: usd(7_000), reason: "Outage", rest: "refund" };
  const { status, body } = await call("invoices.credit", invoice.id, note);
  expect([status, body]).toEqual([201, expect.anything()]);
  expect(body).toMatchObject({
    number: expect.stringMatching(/^CN-\d{4}-\d{6}$/),
    to_due: usd(4_000),
    to_refund: usd(3_000),
    to_credit: usd(0),
  });
  const after = await call("invoices.get", invoice.id);
  expect(after.body).toMatchObject({
    status: "paid",
    due: usd(0),
    credited: usd(7_000),
  });
  const more = { amount: usd(3_001), reason: "More" };
  const over = await call("invoices.credit", invoice.id, more);
  expect(over.status).toBe(409);
  expect(over.body.details).toEqual({ left: usd(3_000) });
  const rest = await call("invoices.credit", invoice.id, {
    ...more,
    amount: usd(3_000),
  });
  expect(rest.body).toMatchObject({ to_credit: usd(3_000), to_due: usd(0) });
});

test("twenty credit notes at once take back no more than there is", async () => {
  const { id } = await issued();
  const body = { amount: usd(1_500), reason: "Race" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call("invoices.credit", id, body)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses.filter((status) => status === 201)).toHaveLength(6);
  expect(new Set(statuses)).toEqual(new Set([201, 409]));
});
