import {
  listCustomerPayments,
  listMethods,
  payInvoice,
  refundPayment,
  removeMethod,
  startCheckout,
} from "@/modules/payments";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { openInvoice, standing, usd, wrongBooks } from "./payments-fixture";
import { usePaddle } from "./paddle-fixture";

const database = useDatabase();
const paddle = usePaddle(database);

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

const payments = async () =>
  (await listCustomerPayments(w.ctx, customer_id, {})).items;

describe("a checkout by Paddle", () => {
  test("declined, then paid with a card that is kept: one payment that succeeded", async () => {
    const { invoice, page, checkout } = await paddle.bought(
      w.ctx,
      customer_id,
      2_500,
    );
    page.decline();
    await paddle.deliver();
    expect(await payments()).toMatchObject([
      { status: "failed", failure_code: "declined" },
    ]);
    page.pay({ save: true });
    await paddle.deliver();
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect(await payments()).toMatchObject([
      { status: "succeeded", provider: "paddle", amount: usd(2_500) },
    ]);
    const params = { checkout_id: checkout.id };
    const progress = await callRoute("checkout.progress", { params });
    expect(progress.body.state).toBe("done");
    const [method] = (await listMethods(w.ctx, customer_id)).items;
    expect(method).toMatchObject({ brand: "visa", last_four: "4242" });
    await removeMethod(w.ctx, method?.id ?? "");
    await runJobs(database);
    await paddle.deliver();
    expect(paddle.server().store.all("paymtd")).toEqual([]);
  });

  test("takes a customer that Paddle knows by its address, unless that is another of ours", async () => {
    const { email } = await w.customer();
    const taken = `taken-${customer_id}@example.com`;
    const known = { name: "Known", status: "active" } as const;
    const custom_data = { customer_id: "cus_another" };
    paddle.server().store.add("ctm", { ...known, email: taken, custom_data });
    paddle.server().store.add("ctm", { ...known, email, custom_data: null });
    const mine = (await w.customer({ email: taken })).id;
    await expect(paddle.bought(w.ctx, mine, 100)).rejects.toThrow(
      "as another customer",
    );
    await paddle.bought(w.ctx, customer_id);
    const { id } = await w.customer({ email: `new-${email}` });
    await paddle.bought(w.ctx, id, 100);
    const names = paddle
      .server()
      .store.all("ctm")
      .map((one) => one.custom_data);
    expect(names).toContainEqual({ customer_id: id });
  });

  test("that only saves a card, or charges one, is refused with words", async () => {
    await expect(
      startCheckout(w.ctx, {
        customerId: customer_id,
        provider: "paddle",
        purpose: "setup",
      }),
    ).rejects.toThrow("only when something is paid with it");
    (await paddle.bought(w.ctx, customer_id)).page.pay({ save: true });
    await paddle.deliver();
    const invoice = await openInvoice(w.ctx, customer_id, 500);
    await expect(
      payInvoice(w.ctx, invoice, { by: "default_method" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("while Paddle is down answers 503 with words", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 700);
    const { cookie } = await w.person("owner", customer_id);
    paddle.server().isDown = true;
    const answer = await callRoute("checkout.paddle", {
      headers: { cookie, origin: w.origin },
      body: { purpose: "invoice", invoice_id: invoice },
    });
    expect([answer.status, answer.body.error]).toEqual([
      503,
      "Paddle does not answer at the moment. Nothing was charged; try again in a moment.",
    ]);
  });
});

describe("a refund by Paddle", () => {
  test("waits for its people, who approve it or do not", async () => {
    const { invoice, page } = await paddle.bought(w.ctx, customer_id);
    page.pay();
    await paddle.deliver();
    const [payment] = await payments();
    for (const [status, end] of [
      ["rejected", "failed"],
      ["approved", "succeeded"],
    ] as const) {
      const made = await refundPayment(w.ctx, payment?.id ?? "", {
        amount: usd(400),
        reason: `To be ${status}`,
      });
      await runJobs(database);
      await paddle.deliver();
      const there = paddle.server().store.all("adj").at(-1);
      expect(there?.reason).toBe(`To be ${status} (${made.id})`);
      paddle.server().people.decide(there?.id ?? "", status);
      await paddle.deliver();
      expect((await payments())[0]?.refunds.at(-1)).toMatchObject({
        ...{ status: end, amount: usd(400), reason: `To be ${status}` },
      });
    }
    expect(await standing(w.ctx, invoice)).toBe(
      "paid, partially_refunded, 0 due",
    );
    await expect(
      refundPayment(w.ctx, payment?.id ?? "", {
        amount: usd(601),
        reason: "x",
      }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
