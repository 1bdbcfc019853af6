import {
  listCustomerPayments,
  listMethods,
  reconcile,
  refundPayment,
} from "@/modules/payments";
import { isSandboxAllowed, parseEnv } from "@/platform/env";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import {
  openInvoice,
  sandboxCheckout,
  saveCard,
  standing,
  unsentEvents,
  usd,
  wrongBooks,
} from "./payments-fixture";

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

const payments = async () =>
  (await listCustomerPayments(w.ctx, customer_id, {})).items;

describe("a checkout of the sandbox", () => {
  test("declined, then paid: one payment that succeeded", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 2_500);
    const { act, checkout } = await sandboxCheckout(
      w.ctx,
      customer_id,
      invoice,
    );
    const declined = await act({ outcome: "decline" });
    expect(declined.last_error).toBe("The card was declined.");
    await runJobs(database);
    expect(await standing(w.ctx, invoice)).toBe("open, failed, 2500 due");
    expect(await progress(checkout.id)).toMatchObject({ state: "failed" });
    await act({});
    expect(await progress(checkout.id)).not.toMatchObject({ state: "done" });
    await runJobs(database);
    expect(await progress(checkout.id)).toMatchObject({ state: "done" });
    expect(await payments()).toMatchObject([
      { status: "succeeded", amount: usd(2_500), provider: "sandbox" },
    ]);
  });

  test("asks for authentication, which may be given or refused", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 700);
    const { act } = await sandboxCheckout(w.ctx, customer_id, invoice);
    expect((await act({ outcome: "authenticate" })).state).toBe(
      "authenticating",
    );
    await runJobs(database);
    expect(await payments()).toMatchObject([{ status: "requires_action" }]);
    expect(await standing(w.ctx, invoice)).toBe("open, pending, 700 due");
    await act({ outcome: "refuse_authentication" });
    await runJobs(database);
    expect(await payments()).toMatchObject([
      { status: "failed", failure_code: "authentication_failed" },
    ]);
    await act({ outcome: "authenticate" });
    await act({});
    await runJobs(database);
    expect(await payments()).toMatchObject([{ status: "succeeded" }]);
  });

  test("that is canceled is expired, and its page is closed", async () => {
    const { act, checkout } = await sandboxCheckout(w.ctx, customer_id, null);
    await act({ outcome: "cancel" });
    await runJobs(database);
    expect(await progress(checkout.id)).toMatchObject({ state: "expired" });
    await expect(act({})).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("asked for twice is the same page, and another one once money was paid", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 700);
    const first = await sandboxCheckout(w.ctx, customer_id, invoice);
    const second = await sandboxCheckout(w.ctx, customer_id, invoice);
    expect(second.checkout.id).toBe(first.checkout.id);
  });

  test("saves a card, which is the default until it is removed", async () => {
    await saveCard(w.ctx, database, customer_id);
    await saveCard(w.ctx, database, customer_id);
    const { cookie } = await w.person("owner", customer_id);
    const as = { headers: { cookie, origin: w.origin } };
    const listed = await callRoute("paymentMethods.listOwn", as);
    const [first, second] = listed.body.items;
    expect([first.is_default, second.is_default]).toEqual([true, false]);
    expect(first).toMatchObject({ brand: "visa", last_four: "4242" });
    expect(JSON.stringify(listed.body)).not.toContain("sbx_");
    const params = { payment_method_id: first.id };
    await callRoute("paymentMethods.remove", { ...as, params });
    await runJobs(database);
    expect((await listMethods(w.ctx, customer_id)).items).toMatchObject([
      { id: second.id, is_default: true },
    ]);
  });
});

const progress = async (checkout_id: string) =>
  (await callRoute("checkout.progress", { params: { checkout_id } })).body;

test("a refund through a provider is pending until its word comes, and then on the books once", async () => {
  const invoice = await openInvoice(w.ctx, customer_id, 1_000);
  await (await sandboxCheckout(w.ctx, customer_id, invoice)).act({});
  await runJobs(database);
  const [payment] = await payments();
  const refund = await refundPayment(w.ctx, payment?.id ?? "", {
    amount: usd(400),
    reason: "Goodwill",
  });
  expect(refund.status).toBe("pending");
  await runJobs(database);
  expect((await payments())[0]?.refunds).toMatchObject([
    { status: "succeeded", amount: usd(400) },
  ]);
  expect(await standing(w.ctx, invoice)).toBe(
    "paid, partially_refunded, 0 due",
  );
});

test("a refund that the provider refuses gives back what it had taken", async () => {
  await (
    await sandboxCheckout(
      w.ctx,
      customer_id,
      await openInvoice(w.ctx, customer_id, 1_000),
    )
  ).act({});
  await runJobs(database);
  const [payment] = await payments();
  await database.query(
    `UPDATE sandbox_objects SET data = jsonb_set(data, '{refunded}', '"900"') WHERE id = $1`,
    [payment?.provider_payment_id],
  );
  await refundPayment(w.ctx, payment?.id ?? "", { reason: "All" });
  await runJobs(database);
  const [after] = await payments();
  expect(after?.refunded).toEqual(usd(0));
  expect(after?.refunds).toMatchObject([
    { status: "failed", failure_message: "That is more than was paid." },
  ]);
});

test("reconciling reports what differs on either side, and mends nothing", async () => {
  const before = await reconcile(w.ctx, soon());
  await (
    await sandboxCheckout(
      w.ctx,
      customer_id,
      await openInvoice(w.ctx, customer_id, 100),
    )
  ).act({});
  await runJobs(database);
  const [known] = await payments();
  const lost = await openInvoice(w.ctx, customer_id, 200);
  await (await sandboxCheckout(w.ctx, customer_id, lost)).act({});
  await unsentEvents(database);
  await database.query(
    `UPDATE sandbox_objects SET data = jsonb_set(data, '{minor}', '"150"') WHERE id = $1`,
    [known?.provider_payment_id],
  );
  const report = await reconcile(w.ctx, soon());
  const old = before.differences.map((one) => JSON.stringify(one));
  const added = report.differences.filter(
    (one) => !old.includes(JSON.stringify(one)),
  );
  expect(added.map(({ kind }) => kind).sort()).toEqual([
    "amount",
    "missing_here",
  ]);
  expect(report.is_balanced).toBe(true);
  expect(await standing(w.ctx, lost)).toBe("open, unpaid, 200 due");
  await database.query(
    `UPDATE sandbox_objects SET data = jsonb_set(data, '{minor}', '"100"') WHERE id = $1`,
    [known?.provider_payment_id],
  );
});

const soon = () => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
});

test("production refuses to start with the sandbox open, unless nobody else can come", () => {
  const settings = {
    NODE_ENV: "production",
    DATABASE_URL: "postgresql://localhost/x",
    APP_SECRET: "0123456789abcdef0123456789ABCDEF",
    SANDBOX_PAYMENTS: "on",
  };
  const open = { ...settings, APP_URL: "https://billing.example.com" };
  expect(() => parseEnv(open)).toThrow(/SANDBOX_PAYMENTS/);
  expect(() => parseEnv({ ...settings, HOST: "0.0.0.0" })).toThrow(
    /SANDBOX_PAYMENTS/,
  );
  expect(isSandboxAllowed(parseEnv(settings))).toBe(true);
  const unset = parseEnv({ ...open, SANDBOX_PAYMENTS: "" });
  expect(isSandboxAllowed(unset)).toBe(false);
});
