import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { issueKey } from "@/modules/keys";
import { toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";

const db = useDatabase();
const hour = 60 * 60;

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const later = (seconds: number) =>
  addSeconds(w.ctx.now(), seconds).toISOString();
const on = (call: string, customer_id: string, body?: object) =>
  callRoute(call, { headers, params: { customer_id }, ...(body && { body }) });
const boost = (id: string, body: object) =>
  on("boosts.add", id, { reason: "Launch", ends_at: later(hour), ...body });
const check = (body: object) => callRoute("access.check", { headers, body });
const end = (customer_id: string, boost_id: string) =>
  callRoute("boosts.end", { headers, params: { customer_id, boost_id } });

/** What a check at a time would say of windows and of the quota of tokens, counting nothing. */
async function limitsAt(id: string, seconds: number) {
  const [row] = await db.query<{
    limits: string[];
    quota_limit: string | null;
  }>(
    `SELECT limits, trim_scale(quota_limit)::text AS quota_limit
     FROM access_check(NULL, ARRAY[$1::uuid], ARRAY[1], false, meter_names => ARRAY['tokens'], at => $2)`,
    [toUuid(id), later(seconds)],
  );
  return { minute: Number(row?.limits[1]), tokens: Number(row?.quota_limit) };
}

async function customerWithQuota(limit: number) {
  const { id } = await w.customer();
  await on("quotas.set", id, {
    quotas: [{ meter: "tokens", limit }],
    spend_cap: null,
  });
  return id;
}

test("boosts begin and end by themselves, and add up while they run", async () => {
  const id = await customerWithQuota(100);
  await boost(id, { meter: "tokens", amount: 50 });
  await boost(id, { meter: "tokens", amount: 25, starts_at: later(hour / 2) });
  await boost(id, { limits: { per_minute: 900 }, starts_at: later(hour / 2) });
  expect(await limitsAt(id, 60)).toEqual({ minute: 100, tokens: 150 });
  expect(await limitsAt(id, hour / 2 + 60)).toEqual({
    minute: 1_000,
    tokens: 175,
  });
  expect(await limitsAt(id, hour + 60)).toEqual({ minute: 100, tokens: 100 });
});

test("what is in force says what boosts add, and setting it does not make them last", async () => {
  const id = await customerWithQuota(100);
  await boost(id, { meter: "tokens", amount: 50 });
  await boost(id, { limits: { per_minute: 900 } });
  await boost(id, { spend: "2.50" });
  const { body } = await on("quotas.get", id);
  expect(body.quotas[0]).toMatchObject({ limit: 150, base: 100, boost: 50 });
  expect(body.spend_cap).toBeNull();
  const limits = await on("limits.get", id);
  expect(limits.body).toMatchObject({
    limits: { per_minute: 1_000, per_hour: 1_000 },
    base: { per_minute: 100 },
    source: "default",
  });
  const capped = await on("quotas.set", id, {
    quotas: [],
    spend_cap: { amount: "10", currency: "USD" },
  });
  expect(capped.body.spend_cap).toMatchObject({
    amount: "12.5",
    base: "10",
    boost: "2.5",
  });
});

test("ended now, a boost is gone from the next check and is past; one to come never begins", async () => {
  const id = await customerWithQuota(100);
  const now = await boost(id, { meter: "tokens", amount: 50 });
  const coming = await boost(id, {
    limits: { per_minute: 1 },
    starts_at: later(60),
  });
  expect([now.body.status, coming.body.status]).toEqual([
    "current",
    "upcoming",
  ]);
  for (const made of [now, coming])
    expect((await end(id, made.body.id)).body.status).toBe("past");
  expect((await end(id, now.body.id)).status).toBe(200);
  expect(await limitsAt(id, 120)).toEqual({ minute: 100, tokens: 100 });
  const { body } = await on("boosts.list", id);
  expect(body.items.map((b: { status: string }) => b.status)).toEqual([
    "past",
    "past",
  ]);
});

test("a key's boost raises what the key has of its own, and no other customer's key will do", async () => {
  const id = await customerWithQuota(100);
  const { id: key_id, key } = await issueKey(w.ctx, {
    customer_id: id,
    limits: { per_minute: 1 },
  });
  const made = await boost(id, { key_id, limits: { per_minute: 2 } });
  expect(made.body).toMatchObject({
    key_id,
    limits: { per_minute: 2 },
    meter: null,
  });
  for (const code of ["VALID", "VALID", "VALID", "RATE_LIMITED"])
    expect((await check({ key })).body.code).toBe(code);
  const other = await boost((await w.customer()).id, { key_id, spend: "1" });
  expect([other.status, other.body.details.fields[0].field]).toEqual([
    400,
    "body.key_id",
  ]);
});

test("a boost of a key is refused where the key has nothing of its own to raise", async () => {
  const id = await customerWithQuota(100);
  const { id: bare } = await issueKey(w.ctx, { customer_id: id });
  const { id: limited } = await issueKey(w.ctx, {
    customer_id: id,
    limits: { per_minute: 5 },
  });
  const refused = [
    { key_id: bare, limits: { per_minute: 10 } },
    { key_id: bare, meter: "tokens", amount: 10 },
    { key_id: bare, spend: "1" },
    { key_id: limited, limits: { per_day: 10 } },
  ];
  for (const body of refused) {
    const { status, body: said } = await boost(id, body);
    expect([status, said.details.fields[0].field]).toEqual([
      400,
      "body.key_id",
    ]);
    expect(said.details.fields[0].message).toContain("boost the customer");
  }
  await callRoute("keys.setQuotas", {
    headers,
    params: { key_id: bare },
    body: { quotas: [{ meter: "tokens", limit: 5 }], spend_cap: null },
  });
  const taken = [
    { key_id: bare, meter: "tokens", amount: 10 },
    { key_id: limited, limits: { per_minute: 10, per_day: 10 } },
  ];
  for (const body of taken)
    expect((await boost(id, { ...body, starts_at: later(60) })).status).toBe(
      201,
    );
});

test("alerts are taken back while a boost runs, and come again by its job when it is over", async () => {
  const id = await customerWithQuota(100);
  await check({ customer_id: id, meter: "tokens", cost: 85 });
  const open = async () =>
    (
      await db.query<{ threshold: number }>(
        "SELECT threshold FROM alerts WHERE customer_id = $1 AND recovered_at IS NULL",
        [toUuid(id)],
      )
    ).map(({ threshold }) => threshold);
  expect(await open()).toEqual([80]);
  const made = await boost(id, {
    meter: "tokens",
    amount: 100,
    ends_at: later(2),
  });
  expect(await open()).toEqual([]);
  const jobs = await db.query<{ run_at: Date }>(
    "SELECT run_at FROM graphile_worker.jobs WHERE key LIKE '%' || $1 || ':end'",
    [made.body.id],
  );
  expect(jobs.map(({ run_at }) => run_at.toISOString())).toEqual([
    made.body.ends_at,
  ]);
  await new Promise((done) => setTimeout(done, 2_100));
  await runJobs(db);
  expect(await open()).toEqual([80]);
});

test("a boost without an end ahead, of two things, of nothing or of no meter is refused by field", async () => {
  const { id } = await w.customer();
  const refused = [
    [{ spend: "1", ends_at: later(-1) }, "body.ends_at"],
    [{ spend: "1", starts_at: later(2 * hour) }, "body.ends_at"],
    [{ spend: "1", limits: { per_day: 1 } }, "body.limits"],
    [{}, "body.limits"],
    [{ limits: {} }, "body.limits"],
    [{ meter: "tokens" }, "body.amount"],
    [{ meter: "spend", amount: 1 }, "body.meter"],
    [{ meter: "tokenz", amount: 1 }, "body.meter"],
    [{ spend: "0.00" }, "body.spend"],
  ] as const;
  for (const [body, field] of refused) {
    const answer = await boost(id, body);
    expect([body, answer.status]).toEqual([body, 400]);
    expect(answer.body.details.fields[0].field).toBe(field);
  }
});
