import { getCustomer } from "@/modules/customers";
import { getPayment, receivePayment, refundPayment } from "@/modules/payments";
import { useDatabase } from "../support/database";
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

  test("takes back no credit that was spent already", async () => {
    const { id } = await paid(1_000);
    await openInvoice(w.ctx, customer_id, 800);
    await refundPayment(w.ctx, id, { reason: "All" });
    const { balance } = await getCustomer(w.ctx, customer_id);
    expect(balance).toEqual(usd(0));
  });
});
