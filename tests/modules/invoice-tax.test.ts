import fc from "fast-check";
import { findOverdue } from "@/modules/invoices/service/overdue";
import { prisma } from "@/platform/db";
import { taxIdProblem } from "@/shared/tax-id";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { invoicesFixture, line, usd } from "./invoices-fixture";

const database = useDatabase();
const { call, customerNow, drafted, headers, issued, pay, world } =
  invoicesFixture(database);

const rate = (body: Record<string, unknown>) =>
  callRoute("taxRates.create", { headers: headers(), body });

async function billing(change: Record<string, unknown>) {
  const before = await callRoute("settings.get", { headers: headers() });
  const body = { billing: { ...before.body.billing, ...change } };
  const answer = await callRoute("settings.update", {
    headers: headers(),
    body,
  });
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  // Settings may be a second old.
  await new Promise((wake) => setTimeout(wake, 1_100));
}

test("tax is that of the customer's place: exclusive, inclusive, reverse charge, exempt", async () => {
  await billing({
    country: "DE",
    tax_id: "DE123456789",
    legal_name: "Acme GmbH",
  });
  await rate({ name: "USt", country: "DE", rate: "19" });
  await rate({
    name: "TVA",
    country: "FR",
    rate: "20",
    allows_reverse_charge: true,
  });
  await rate({ name: "VAT", country: "KE", rate: "16", is_inclusive: true });
  const taxed = async (
    input: Parameters<ReturnType<typeof world>["customer"]>[0],
  ) => {
    const { id } = await world().customer(input);
    return issued({ customer_id: id });
  };
  expect(await taxed({ country: "DE" })).toMatchObject({
    seller: { name: "Acme GmbH", tax_id: "DE123456789" },
    tax: usd(1_900),
    total: usd(11_900),
    taxes: [{ name: "USt", rate: "19", is_reverse_charge: false }],
  });
  expect(await taxed({ country: "KE" })).toMatchObject({
    subtotal: usd(8_621),
    tax: usd(1_379),
    total: usd(10_000),
  });
  expect(
    await taxed({ country: "FR", tax_id: "FR 12 345678901" }),
  ).toMatchObject({
    buyer: { tax_id: "FR12345678901" },
    tax: usd(0),
    total: usd(10_000),
    taxes: [{ name: "TVA", is_reverse_charge: true }],
  });
  expect(await taxed({ country: "FR" })).toMatchObject({ tax: usd(2_000) });
  expect(await taxed({ country: "DE", is_tax_exempt: true })).toMatchObject({
    tax: usd(0),
    taxes: [],
  });
});

test("a new rate ends the old one, and an issued invoice keeps what it was billed", async () => {
  const { id } = await world().customer({ country: "IT" });
  await rate({ name: "IVA", country: "IT", rate: "20" });
  const before = await issued({ customer_id: id });
  const draft = await drafted({ customer_id: id });
  await rate({ name: "IVA", country: "IT", rate: "22" });
  const after = await call("invoices.finalize", draft.id);
  expect([before.tax, after.body.tax]).toEqual([usd(2_000), usd(2_200)]);
  const kept = await call("invoices.get", before.id);
  expect(kept.body.taxes).toMatchObject([{ rate: "20" }]);
});

test.each([
  ["DE123456789", "DE", null],
  ["de 123 456 789", "DE", null],
  ["DE12345678", "DE", "is no tax id of DE"],
  ["ATU12345678", "DE", "must begin with DE"],
  ["EL123456789", "GR", null],
  ["P051234567X", "KE", null],
])("%s of %s: %s", (id, country, problem) => {
  if (problem === null) expect(taxIdProblem(id, country)).toBeNull();
  else expect(taxIdProblem(id, country)).toContain(problem);
});

test("after any operations debits equal credits, balances their sum, and lines the totals", async () => {
  const customers = await Promise.all([1, 2, 3].map(() => world().customer()));
  const act = fc.tuple(
    fc.nat(2),
    fc.nat(5),
    fc.integer({ min: 1, max: 20_000 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      for (const [who, what, minor] of acts) {
        const customer_id = customers[who]?.id ?? "";
        const lines = [line((minor / 100).toFixed(2), "3"), line("-0.01")];
        const { id, due } = await issued({ customer_id, lines });
        const amount = usd(Math.min(minor, 100));
        if (what === 1) await call("invoices.void", id, {});
        if (what === 2) await call("invoices.markUncollectible", id, {});
        if (what === 3 && due.amount > 0) await pay(id, BigInt(due.amount));
        if (what >= 3)
          await call("invoices.credit", id, { amount, reason: "Part" });
      }
      expect(await database.query(unbalanced)).toEqual([]);
      expect(await database.query(wrongTotals)).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

// A payment is booked by the payments, so here the balance misses what pay() paid.
const unbalanced = `
  SELECT c.id FROM customers c LEFT JOIN ledger_entries e ON e.customer_id = c.id
  GROUP BY c.id HAVING coalesce(sum(e.amount_minor), 0) <> 0
    OR c.balance_minor <> -coalesce(sum(e.amount_minor)
      FILTER (WHERE e.account IN ('customer_credit', 'receivable')), 0)`;
const wrongTotals = `
  SELECT i.id FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id
  GROUP BY i.id HAVING i.total_minor <> i.subtotal_minor + i.tax_minor
    OR sum(l.tax_minor) <> i.tax_minor
    OR sum(l.amount_minor - l.discount_minor) <> i.subtotal_minor + coalesce((
      SELECT sum(t.tax_minor) FROM invoice_taxes t WHERE t.invoice_id = i.id AND t.is_inclusive), 0)`;

test("what is late is marked once, counted, and its customer reminded", async () => {
  const invoice = await issued();
  await prisma()
    .$executeRaw`UPDATE invoices SET due_at = now() - interval '1 day' WHERE number = ${invoice.number}`;
  await findOverdue(world().ctx);
  await findOverdue(world().ctx);
  const late = await customerNow(invoice.customer_id);
  expect(late).toMatchObject({ overdue_invoices: 1, outstanding_invoices: 1 });
  await pay(invoice.id, 10_000n);
  const paid = await customerNow(invoice.customer_id);
  expect(paid).toMatchObject({ overdue_invoices: 0, outstanding_invoices: 0 });
});

test("a pay link shows its invoice to whoever holds it, and no other one", async () => {
  const invoice = await issued();
  const token = invoice.pay_url?.split("/").at(-1) ?? "";
  const { status, body } = await callRoute("invoices.payView", {
    params: { token },
  });
  expect([status, body.number, body.is_payable]).toEqual([
    200,
    invoice.number,
    true,
  ]);
  const other = await issued();
  const forged = token.replace(invoice.id.slice(4), other.id.slice(4));
  const answer = await callRoute("invoices.payView", {
    params: { token: forged },
  });
  expect(answer.status).toBe(404);
});
