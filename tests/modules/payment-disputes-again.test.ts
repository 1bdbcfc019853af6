import { getCustomer } from "@/modules/customers";
import { writeOffInvoice } from "@/modules/invoices";
import { listCustomerPayments, receivePayment } from "@/modules/payments";
import type { Fact } from "@/modules/payments/provider";
import { applyFact } from "@/modules/payments/service/facts";
import { transaction } from "@/platform/db/transaction";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import {
  disputeFact,
  openInvoice,
  standing,
  usd,
  wrongBooks,
} from "./payments-fixture";

const database = useDatabase();

let w: World;
let customer_id: string;
let there: string;
beforeAll(async () => {
  w = await world();
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
  there = `there_${customer_id}`;
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const apply = (fact: Fact) =>
  transaction(w.ctx, (tx) => applyFact(tx, "sandbox", fact));

/** A card payment of 1,000 for an invoice. */
const charge = (invoiceId: string) =>
  apply({
    ...{ kind: "payment", providerPaymentId: there, paymentId: null },
    ...{ invoiceId, customerId: customer_id, externalId: null },
    ...{ status: "succeeded", minor: 1_000n, currency: "USD" },
    ...{ method: "card", providerMethodId: null, failure: null },
    ...{ isBilledThere: false, paidAt: new Date() },
  });
const dispute = (id: string, minor: bigint, status: "lost" | "won") =>
  apply(disputeFact({ there, id: `${id}_${there}`, minor, status }));
const invoiceOf = (cents: number) => openInvoice(w.ctx, customer_id, cents);
const receive = (cents: number, invoice: string) =>
  receivePayment(w.ctx, {
    ...{ customer_id, method: "cash", amount: usd(cents) },
    invoice_ids: [invoice],
  });
const balance = async () =>
  (await getCustomer(w.ctx, customer_id)).balance.amount;
const card = async () => {
  const { items } = await listCustomerPayments(w.ctx, customer_id, {});
  return items.find(({ provider }) => provider === "sandbox");
};

test("what a dispute that was won has made credit of is not given back to an invoice by the next one", async () => {
  const invoice = await invoiceOf(1_000);
  await charge(invoice);
  await dispute("first", 600n, "lost");
  await receive(600, invoice);
  await dispute("first", 600n, "won");
  expect(await card()).toMatchObject({
    credited: usd(600),
    allocations: [{ amount: usd(400), pays: usd(400) }],
  });
  const spent = await invoiceOf(600);
  expect(await standing(w.ctx, spent)).toBe("paid, paid, 0 due");
  await dispute("second", 1_000n, "lost");
  expect(await standing(w.ctx, invoice)).toBe("open, partially_paid, 400 due");
  await dispute("second", 1_000n, "won");
  expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  expect(await balance()).toBe(0);
  expect(await card()).toMatchObject({ credited: usd(600), disputed: usd(0) });
});

test("an invoice that another payment has paid is no more paid by what was won", async () => {
  const invoice = await invoiceOf(1_000);
  await charge(invoice);
  await dispute("first", 1_000n, "lost");
  await receive(1_000, invoice);
  await dispute("first", 1_000n, "won");
  expect(await card()).toMatchObject({ credited: usd(1_000), allocations: [] });
  expect(await balance()).toBe(1_000);
});

test("of two disputes of a payment each gives back what it took, and what was spent stays the seller's loss", async () => {
  const invoice = await invoiceOf(400);
  await charge(invoice);
  await invoiceOf(600);
  expect(await balance()).toBe(0);
  await dispute("first", 600n, "lost");
  await dispute("second", 400n, "lost");
  expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 400 due");
  await dispute("second", 400n, "won");
  expect(await standing(w.ctx, invoice)).toBe("open, unpaid, 400 due");
  await dispute("first", 600n, "won");
  expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  expect(await balance()).toBe(0);
});

test("an invoice that a dispute has opened again can be written off once more", async () => {
  const invoice = await invoiceOf(1_000);
  await writeOffInvoice(w.ctx, invoice);
  await charge(invoice);
  await dispute("first", 700n, "lost");
  expect(await standing(w.ctx, invoice)).toBe("open, partially_paid, 700 due");
  expect(await balance()).toBe(-700);
  await writeOffInvoice(w.ctx, invoice);
  expect(await balance()).toBe(0);
  await receive(700, invoice);
  expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  expect(await balance()).toBe(0);
});
