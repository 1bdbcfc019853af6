import fc from "fast-check";
import {
  averageLifetimeValue,
  expectedStay,
  inMonths,
  lifetimeValue,
} from "@/modules/customers/lifetime";
import { money } from "@/shared/money";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const valueOf = async (customer_id: string) =>
  (await callRoute("lifetime.get", { headers, params: { customer_id } })).body;
const stats = async () =>
  (await callRoute("customers.stats", { headers })).body;
const setStatus = (customer_id: string, status: string) =>
  callRoute("customers.setStatus", {
    headers,
    params: { customer_id },
    body: { status },
  });
/** A customer who joined so many days ago and has paid so much. */
async function joined(daysAgo: number, revenue = 0, status = "active") {
  const { id } = await w.customer({ status: status as "active" });
  await database.query(`DELETE FROM customers WHERE id = $1`, [toUuid(id)]);
  await database.query(
    `INSERT INTO customers (id, email, full_name, status, revenue_minor, joined_at, updated_at)
     VALUES ($1, $2, 'X', $3, $4, now() - $5 * interval '1 day', now())`,
    [toUuid(id), `${id}@example.com`, status, revenue, daysAgo],
  );
  return id;
}
const days = 365.25 / 12;

test("while nobody has left, a customer is expected to stay for five years", async () => {
  const id = await joined(61, 20_000);
  expect(await valueOf(id)).toEqual({
    customer_id: id,
    revenue: { amount: 20_000, currency: "USD" },
    months: 2,
    average_per_month: {
      amount: Math.round((20_000 / 61) * days),
      currency: "USD",
    },
    expected_months: 60,
    expected_value: {
      amount: 20_000 + Math.round((20_000 / 61) * days * 60),
      currency: "USD",
    },
  });
});

test("a customer of a day has paid for a month, and one who paid nothing is worth nothing", async () => {
  const [fresh, poor] = [await joined(1, 3_000), await joined(400)];
  expect(await valueOf(fresh)).toMatchObject({
    months: 0,
    average_per_month: { amount: 3_000 },
    expected_value: { amount: 3_000 * 61 },
  });
  expect(await valueOf(poor)).toMatchObject({ expected_value: { amount: 0 } });
});

test("those who leave shorten what the rest are expected to stay; they themselves bring no more", async () => {
  const before = await database.query<{ days: number }>(
    "SELECT sum(current_date - joined_at::date)::int AS days FROM customers",
  );
  const ids: string[] = [];
  for (let i = 0; i < 10; i += 1) ids.push(await joined(100, 10_000));
  const all = (before[0]?.days ?? 0) + 1_000;
  const left = ids.slice(0, 5);
  for (const id of left) await setStatus(id, "archived");
  const months = Math.round((all / 5 / days) * 10) / 10;
  expect(months).toBeLessThan(60);
  expect(await stats()).toMatchObject({ expected_lifetime_months: months });
  expect(await valueOf(ids[9] ?? "")).toMatchObject({
    expected_months: months,
    expected_value: { amount: 10_000 + Math.round((10_000 / 100) * (all / 5)) },
  });
  expect(await valueOf(left[0] ?? "")).toMatchObject({
    expected_months: 0,
    expected_value: { amount: 10_000 },
  });
  // Back again, they have never left.
  for (const id of left) await setStatus(id, "active");
  expect(await stats()).toMatchObject({ expected_lifetime_months: 60 });
});

test("the counters hold what a look at every customer would give", async () => {
  const ids = [
    await joined(10, 0, "archived"),
    await joined(500, 100),
    await joined(30, 100, "suspended"),
  ];
  await setStatus(ids[1] ?? "", "archived");
  await setStatus(ids[2] ?? "", "archived");
  await setStatus(ids[2] ?? "", "pending");
  await callRoute("customers.remove", {
    headers,
    params: { customer_id: ids[0] ?? "" },
  });
  const [row] = await database.query<{ same: boolean }>(`
    SELECT (SELECT (sum(customers), sum(days)) FROM customer_departures)
         = (SELECT (count(*)::bigint, coalesce(sum(archived_at::date - joined_at::date), 0)::numeric) FROM customers WHERE status = 'archived')
       AND NOT EXISTS (SELECT 1 FROM customers WHERE (status = 'archived') <> (archived_at IS NOT NULL)) AS same`);
  expect(row?.same).toBe(true);
});

test("refunds make it less", async () => {
  const id = await joined(61, 20_000);
  await database.query(
    "UPDATE customers SET revenue_minor = revenue_minor - 5000 WHERE id = $1",
    [toUuid(id)],
  );
  expect(await valueOf(id)).toMatchObject({ revenue: { amount: 15_000 } });
});

test("is for who may see billing", async () => {
  const { id } = await w.customer();
  const cookie = await w.staffCookie("developer");
  const answer = await callRoute("lifetime.get", {
    headers: { cookie, origin: w.origin },
    params: { customer_id: id },
  });
  expect(answer.status).toBe(403);
});

test("whole numbers give what the formula gives in doubles, to the nearest unit", () => {
  const count = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(
      ...[fc.integer({ min: -1_000_000, max: 100_000_000 }), count, count],
      fc.integer({ min: 0, max: 10_000 }),
      fc.boolean(),
      (revenue, lived, all, departed, hasLeft) => {
        const stays = {
          days: BigInt(all),
          customers: BigInt(departed + 1),
          departed: BigInt(departed),
        };
        const ahead =
          departed === 0 ? 60 * days : Math.min(60 * days, all / departed);
        const perDay = revenue / Math.max(lived, days);
        const stay = expectedStay(stays);
        const found = lifetimeValue(
          { revenue: money(BigInt(revenue), "USD"), days: lived, hasLeft },
          stay,
        );
        const wanted = revenue + (hasLeft ? 0 : perDay * ahead);
        expect(
          Math.abs(found.expected_value.amount - wanted),
        ).toBeLessThanOrEqual(0.51);
        expect(
          Math.abs(found.average_per_month.amount - perDay * days),
        ).toBeLessThanOrEqual(0.51);
        expect(Math.abs(inMonths(stay) - ahead / days)).toBeLessThan(0.051);
        const lives = Math.max(all / (departed + 1), days);
        const average = averageLifetimeValue(
          money(BigInt(revenue), "USD"),
          stays,
        );
        expect(
          Math.abs(average.amount - (revenue / lives) * ahead),
        ).toBeLessThanOrEqual(0.51);
      },
    ),
  );
});
