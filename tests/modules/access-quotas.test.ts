import { randomUUID } from "node:crypto";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { fromUuid, toUuid } from "@/shared/ids";

const db = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const check = (body: object) => callRoute("access.check", { headers, body });
const settle = (reservation_id: string, body: object) =>
  callRoute("access.settle", { headers, params: { reservation_id }, body });
const release = (reservation_id: string) =>
  callRoute("access.release", { headers, params: { reservation_id } });

async function customerWithQuota(
  amount: number | null,
  { meter = "tokens", overage = false, subject = "customer" } = {},
) {
  const { id } = await w.customer();
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, allows_overage, updated_at)
     SELECT $1, $2, id, $3, $4, now() FROM meters WHERE name = $5`,
    [toUuid(id), subject, amount, overage, meter],
  );
  return id;
}

test("a check with a meter takes its cost from the quota, and never more than there is", async () => {
  const customer_id = await customerWithQuota(100);
  const first = await check({ customer_id, meter: "tokens", cost: 60 });
  expect(first.body).toMatchObject({
    code: "VALID",
    quota: { meter: "tokens", used: 60, limit: 100, remaining: 40 },
  });
  const second = await check({ customer_id, meter: "tokens", cost: 41 });
  expect(second.body).toMatchObject({
    code: "QUOTA_EXCEEDED",
    valid: false,
    usage: { day: 1 },
    quota: { used: 60 },
  });
  const left = new Date(second.body.quota.resets_at).getTime() - Date.now();
  expect(second.body.retry_after * 1_000).toBeGreaterThan(left - 5_000);
  const third = await check({ customer_id, meter: "tokens", cost: 40 });
  expect(third.body.quota).toMatchObject({ used: 100, remaining: 0 });
  const never = await check({ customer_id, meter: "tokens", cost: 101 });
  expect(never.body).toMatchObject({
    code: "QUOTA_EXCEEDED",
    retry_after: null,
  });
});

test("300 checks at once on a quota of 100 admit exactly 100 and use no window for the others", async () => {
  const customer_id = await customerWithQuota(100, { meter: "calls" });
  await db.query(
    "INSERT INTO limit_policies (subject_id, subject_kind, updated_at) VALUES ($1, 'customer', now())",
    [toUuid(customer_id)],
  );
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => check({ customer_id, meter: "calls" })),
  );
  const codes = answers.map(({ body }) => body.code);
  expect(codes.filter((code) => code === "VALID")).toHaveLength(100);
  expect(codes.filter((code) => code === "QUOTA_EXCEEDED")).toHaveLength(200);
  const now = await check({ customer_id });
  expect(now.body.usage.day).toBe(101);
});

test("a reservation holds its amount; settling books the true one and gives back the rest", async () => {
  const customer_id = await customerWithQuota(100);
  const held = await check({
    customer_id,
    meter: "tokens",
    reserve: { amount: 80 },
  });
  expect(held.body).toMatchObject({
    quota: { used: 80 },
    reservation: { meter: "tokens", amount: 80, spend: "0" },
  });
  const refused = await check({ customer_id, meter: "tokens", cost: 21 });
  expect(refused.body.code).toBe("QUOTA_EXCEEDED");
  const settled = await settle(held.body.reservation.id, { amount: 12.5 });
  expect(settled.body).toMatchObject({
    status: "settled",
    settled_amount: 12.5,
  });
  const after = await check({ customer_id, meter: "tokens", cost: 21 });
  expect(after.body.quota.used).toBe(33.5);
  expect(
    (await settle(held.body.reservation.id, { amount: 12.5 })).status,
  ).toBe(200);
  expect((await settle(held.body.reservation.id, { amount: 13 })).status).toBe(
    409,
  );
  expect((await release(held.body.reservation.id)).status).toBe(409);
});

test("releasing gives all back, twice is the same, and a made-up reservation is 404", async () => {
  const customer_id = await customerWithQuota(100);
  const held = await check({
    customer_id,
    meter: "tokens",
    reserve: { amount: 100 },
  });
  const id = held.body.reservation.id;
  expect((await release(id)).body.status).toBe("released");
  expect((await release(id)).body.status).toBe("released");
  const all = await check({ customer_id, meter: "tokens", cost: 100 });
  expect(all.body.code).toBe("VALID");
  expect((await release(fromUuid("rsv", randomUUID()))).status).toBe(404);
});

test("a reservation past its time is given back by itself, and settling it still books the use", async () => {
  const customer_id = await customerWithQuota(100);
  const held = await check({
    customer_id,
    meter: "tokens",
    reserve: { amount: 100, ttl: 1 },
  });
  expect((await check({ customer_id, meter: "tokens" })).body.code).toBe(
    "QUOTA_EXCEEDED",
  );
  await new Promise((done) => setTimeout(done, 1_050));
  expect((await check({ customer_id, meter: "tokens" })).body).toMatchObject({
    code: "VALID",
    quota: { used: 1 },
  });
  const settled = await settle(held.body.reservation.id, { amount: 50 });
  expect(settled.body.status).toBe("settled");
  expect((await check({ customer_id, meter: "tokens" })).body.quota.used).toBe(
    52,
  );
});

test("a spend cap stops every check when it is reached, and holds what is reserved", async () => {
  const customer_id = await customerWithQuota(2, { meter: "spend" });
  const held = await check({ customer_id, reserve: { spend: "1.75" } });
  expect(held.body.spend).toMatchObject({
    used: "1.75",
    cap: "2",
    remaining: "0.25",
    currency: "USD",
  });
  expect(
    (await check({ customer_id, reserve: { spend: "0.26" } })).body.code,
  ).toBe("SPEND_CAP_REACHED");
  await settle(held.body.reservation.id, { spend: "2.000001" });
  const refused = await check({ customer_id });
  expect(refused.body).toMatchObject({
    code: "SPEND_CAP_REACHED",
    spend: { remaining: "0" },
  });
  expect(refused.body.retry_after).toBeGreaterThan(0);
});

test.each([
  ["spend", { spend: "1.5" }, { spend: "0.40" }],
  ["an amount", { amount: 1.5 }, { amount: 0.4 }],
  ["either", { amount: 1.5 }, { spend: "0.4" }],
  ["both", { amount: 1.5, spend: "1.5" }, { amount: 0.4, spend: "0.4" }],
])(
  "of the meter of spend itself, %s is held and settled once",
  async (_, reserve, used) => {
    const customer_id = await customerWithQuota(2, { meter: "spend" });
    const held = await check({ customer_id, meter: "spend", reserve });
    expect(held.body.code).toBe("VALID");
    const more = { customer_id, meter: "spend", reserve: { spend: "0.51" } };
    expect((await check(more)).body.valid).toBe(false);
    const { id } = held.body.reservation;
    expect((await settle(id, used)).body.status).toBe("settled");
    expect((await settle(id, used)).status).toBe(200);
    const [row] = await db.query(
      `SELECT trim_scale(taken)::text AS taken, trim_scale(held)::text AS held
       FROM meter_usage WHERE subject_id = $1`,
      [toUuid(customer_id)],
    );
    expect(row).toEqual({ taken: "0.4", held: "0" });
  },
);

test("overage allowed: the quota is passed and told", async () => {
  const customer_id = await customerWithQuota(10, { overage: true });
  const over = await check({ customer_id, meter: "tokens", cost: 30 });
  expect(over.body).toMatchObject({
    code: "VALID",
    quota: { used: 30, limit: 10, remaining: 0 },
  });
});

test("a quota of 0 denies for good, and an unlimited one is none", async () => {
  const none = await customerWithQuota(0);
  expect(
    (await check({ customer_id: none, meter: "tokens" })).body,
  ).toMatchObject({
    code: "QUOTA_EXCEEDED",
    retry_after: null,
  });
  const unlimited = await customerWithQuota(null);
  expect(
    (await check({ customer_id: unlimited, meter: "tokens" })).body,
  ).toMatchObject({
    code: "VALID",
    quota: null,
  });
});

test("a meter that does not exist is a 400 that names it, and fails no other check", async () => {
  const customer_id = await customerWithQuota(10);
  const [wrong, right] = await Promise.all([
    check({ customer_id, meter: "tokenz" }),
    check({ customer_id, meter: "tokens" }),
  ]);
  expect(wrong.status).toBe(400);
  expect(wrong.body.error).toMatch(/tokenz/);
  expect(right.body.code).toBe("VALID");
});

test("thresholds are alerted once each under 200 checks at once", async () => {
  const customer_id = await customerWithQuota(200, { meter: "calls" });
  await db.query(
    "INSERT INTO limit_policies (subject_id, subject_kind, updated_at) VALUES ($1, 'customer', now())",
    [toUuid(customer_id)],
  );
  await Promise.all(
    Array.from({ length: 210 }, () => check({ customer_id, meter: "calls" })),
  );
  const alerts = await db.query<{ threshold: number }>(
    "SELECT threshold FROM alerts WHERE customer_id = $1 ORDER BY threshold",
    [toUuid(customer_id)],
  );
  expect(alerts.map(({ threshold }) => threshold)).toEqual([80, 90, 100]);
});
