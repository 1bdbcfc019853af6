import { runDue } from "@/modules/subscriptions";
import type { Ctx } from "@/platform/context";
import { useDatabase } from "../support/database";
import { wrongBooks } from "./payments-fixture";
import { day, price, subscriptionsFixture } from "./subscriptions-fixture";

const database = useDatabase();
const s = subscriptionsFixture(database);

afterEach(async () => {
  await database.query("UPDATE subscriptions SET next_action_at = NULL");
  expect(await wrongBooks(database)).toEqual([]);
});

/** The context of a job that runs some days from now. */
const inDays = (days: number): Ctx => {
  const { ctx } = s.world();
  return { ...ctx, now: () => new Date(Date.now() + days * day) };
};

/** A subscription that began some days ago, at $10 a month. */
async function begun(daysAgo: number, more: object = {}) {
  const { id } = await s.world().customer();
  const version = await s.sold([price(1_000)]);
  return s.open({
    ...{ customer_id: id, plan_version_id: version.id },
    starts_at: new Date(Date.now() - daysAgo * day).toISOString(),
    ...more,
  });
}

test("a billing run that runs twice, in two processes at once, bills each period once", async () => {
  const subs = await Promise.all(Array.from({ length: 6 }, () => begun(27)));
  const due = inDays(6);
  await Promise.all([runDue(due), runDue(due), runDue(due)]);
  await runDue(due);
  for (const { customer_id } of subs)
    expect(await s.bills(customer_id)).toEqual(["open 1000", "open 1000"]);
}, 60_000);

test("after days off, or months, each period is billed once", async () => {
  const sub = await begun(1);
  await runDue(inDays(33));
  expect(await s.bills(sub.customer_id)).toHaveLength(2);
  const late = await begun(1);
  await s.payAll(s.world().ctx, late.customer_id);
  await runDue(inDays(33 + 62));
  const { period_number } = await s.read(late);
  const bills = await s.invoicesOf(late.customer_id);
  expect(bills).toHaveLength(period_number + 1);
  const starts = bills.map(({ period_start }) => period_start);
  expect(new Set(starts).size).toBe(bills.length);
  // Each begins where the one before ends.
  for (const [i, bill] of bills.entries())
    expect(bill.period_start).toBe(
      bills[i - 1]?.period_end ?? bill.period_start,
    );
}, 60_000);

test("a crash in the middle of a renewal, at any point, leaves nothing half done", async () => {
  const sub = await begun(27);
  const due = inDays(6);
  for (let look = 1; look < 60; look += 1) {
    const dying = dyingAt(due, look);
    await runDue(dying.ctx);
    const { period_number } = await s.read(sub);
    const bills = await s.bills(sub.customer_id);
    expect(bills).toHaveLength(period_number + 1);
    if (!dying.hasDied()) break;
  }
  await runDue(due);
  await runDue(due);
  expect(await s.bills(sub.customer_id)).toEqual(["open 1000", "open 1000"]);
}, 300_000);

/** A context whose process dies at its n-th look at the clock. */
function dyingAt(ctx: Ctx, look: number) {
  let looks = 0;
  return {
    hasDied: () => looks >= look,
    ctx: {
      ...ctx,
      now: () => {
        looks += 1;
        if (looks >= look && look > 1) throw new Error("killed");
        return ctx.now();
      },
    },
  };
}

test("a change, a cancellation and a renewal at once come to one of their orders", async () => {
  for (let round = 0; round < 4; round += 1) {
    const sub = await begun(27);
    const due = inDays(6);
    const at = (name: string, body: object) =>
      s.send(`subscriptions.${name}`, { subscription_id: sub.id }, { ...body });
    await Promise.all([
      runDue(due),
      at("change", { quantity: 2, when: "period_end" }),
      at("cancel", { when: "now", reason: "unused" }),
      at("change", { quantity: 3, when: "period_end" }),
    ]);
    await runDue(due);
    const after = await s.read(sub);
    expect(after).toMatchObject({ status: "canceled", has_access: false });
    const bills = await s.bills(sub.customer_id);
    expect(bills.length).toBe(after.period_number + 1);
    const [open] = await database.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM subscription_changes WHERE status = 'scheduled'",
    );
    expect(open?.n).toBe(0);
  }
}, 60_000);

test("of twenty upgrades under one ETag one passes, and is billed once", async () => {
  const sub = await begun(10);
  const got = await s.send("subscriptions.get", { subscription_id: sub.id });
  const etag = got.headers.get("etag") ?? "";
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      s.sendWith(
        { "if-match": etag },
        "subscriptions.change",
        { subscription_id: sub.id },
        { quantity: 2 + i },
      ),
    ),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, ...Array<number>(19).fill(412)]);
  expect(await s.bills(sub.customer_id)).toHaveLength(2);
}, 60_000);
