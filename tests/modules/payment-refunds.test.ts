import { getCustomer } from "@/modules/customers";
import { creditInvoice } from "@/modules/invoices";
import { getPayment, receivePayment, refundPayment } from "@/modules/payments";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { openInvoice, standing, usd, wrongBooks } from "./payments-fixture";

const database = useDatabase();

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

describe("a refund", () => {
  const paid = async (amount: number, invoice_ids: string[] = []) =>
    receivePayment(w.ctx, {
      customer_id,
      method: "bank_transfer",
      amount: usd(amount),
      invoice_ids,
    });

  test("never exceeds the payment, of twenty at once", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const { id } = await paid(1_000, [invoice]);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        refundPayment(w.ctx, id, { amount: usd(150), reason: "Goodwill" }),
      ),
    );
    const done = tries.filter(({ status }) => status === "fulfilled");
    expect(done).toHaveLength(6);
    const payment = await getPayment(w.ctx, id);
    expect(payment.refunded).toEqual(usd(900));
    expect(payment.refunds).toHaveLength(6);
  });

  test("of all that is left is taken when no amount is said, and says so on the invoice", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const { id } = await paid(1_000, [invoice]);
    await refundPayment(w.ctx, id, { amount: usd(300), reason: "Part" });
    expect(await standing(w.ctx, invoice)).toBe(
      "paid, partially_refunded, 0 due",
    );
    const rest = await refundPayment(w.ctx, id, { reason: "Rest" });
    expect(rest.amount).toEqual(usd(700));
    expect(await standing(w.ctx, invoice)).toBe("paid, refunded, 0 due");
    await expect(
      refundPayment(w.ctx, id, { reason: "Again" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    const { balance, total_revenue } = await getCustomer(w.ctx, customer_id);
    expect([balance, total_revenue]).toEqual([usd(0), usd(0)]);
  });

  test("takes back the credit that the payment had left first", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 600);
    const { id } = await paid(1_000, [invoice]);
    await refundPayment(w.ctx, id, { amount: usd(500), reason: "Too much" });
    const { balance } = await getCustomer(w.ctx, customer_id);
    expect(balance).toEqual(usd(0));
    expect((await getPayment(w.ctx, id)).credited).toEqual(usd(0));
  });

  test("of a credit note is of its invoice's payments, the last one first, and leaves credit alone", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const { id: first } = await paid(400, [invoice]);
    const { id: last } = await paid(900, [invoice]);
    const note = { reason: "Outage", rest: "refund" } as const;
    await creditInvoice(w.ctx, invoice, { ...note, amount: usd(700) });
    await runJobs(database);
    expect(await getPayment(w.ctx, last)).toMatchObject({
      ...{ refunded: usd(600), credited: usd(300) },
      refunds: [{ status: "succeeded", amount: usd(600) }],
    });
    expect((await getPayment(w.ctx, first)).refunded).toEqual(usd(100));
    expect(await standing(w.ctx, invoice)).toBe(
      "paid, partially_refunded, 0 due",
    );
    const customer = await getCustomer(w.ctx, customer_id);
    expect([customer.balance, customer.total_revenue]).toEqual([
      ...[usd(300), usd(600)],
    ]);
    await creditInvoice(w.ctx, invoice, { ...note, amount: usd(300) });
    await runJobs(database);
    expect((await getPayment(w.ctx, first)).refunded).toEqual(usd(400));
    expect(await standing(w.ctx, invoice)).toBe("paid, refunded, 0 due");
  });

  test("of a credit note gives back no more than is left of the payments", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const { id } = await paid(1_000, [invoice]);
    await refundPayment(w.ctx, id, { amount: usd(800), reason: "Goodwill" });
    const note = {
      amount: usd(500),
      reason: "Outage",
      rest: "refund",
    } as const;
    await creditInvoice(w.ctx, invoice, note);
    await runJobs(database);
    const { refunded, refunds } = await getPayment(w.ctx, id);
    expect([refunded, refunds.length]).toEqual([usd(1_000), 2]);
  });

  test("takes back no credit that was spent already", async () => {
    const { id } = await paid(1_000);
    await openInvoice(w.ctx, customer_id, 800);
    await refundPayment(w.ctx, id, { reason: "All" });
    const { balance } = await getCustomer(w.ctx, customer_id);
    expect(balance).toEqual(usd(0));
  });
});
