import { setCustomerLimits } from "@/modules/limits";
import { settings, updateSettings } from "@/modules/settings";
import { env } from "@/platform/env";
import { closeRedis, redis } from "@/platform/redis";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import {
  describeWithRedis,
  redisIsReady,
  startRedis,
  startRedisCluster,
} from "../support/redis";
import { world, type World } from "../support/world";
import { accessFixture } from "./access-fixture";

const db = useDatabase();
const access = accessFixture(db);

let w: World;
beforeAll(async () => {
  w = await world();
});

const check = (body: object) =>
  callRoute("access.check", {
    headers: { authorization: `Bearer ${w.everything}` },
    body,
  });

async function use(url: string | undefined, isCluster = false) {
  await closeRedis();
  const REDIS_CLUSTER = isCluster ? "on" : "off";
  Object.assign(env(), { REDIS_URL: url, REDIS_CLUSTER });
  if (url !== undefined) await redisIsReady();
}

async function limited(per_hour: number): Promise<string> {
  const { id } = await w.customer();
  await setCustomerLimits(w.ctx, id, { per_hour });
  return id;
}

async function withQuota(customer: string, meter: string, amount: number) {
  await db.query(
    `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, updated_at)
     SELECT $1, 'customer', id, $2, now() FROM meters WHERE name = $3`,
    [toUuid(customer), amount, meter],
  );
}

const usage = (customer: string) =>
  db.query(
    "SELECT taken::float8, held::float8 FROM meter_usage WHERE subject_id = $1",
    [toUuid(customer)],
  );

describeWithRedis("with the windows in Redis", () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(() => use(server.url));
  afterAll(async () => {
    await use(undefined);
    await server.stop();
  });

  test("500 checks at once on a limit of 100 admit exactly 100, and PostgreSQL counts none", async () => {
    const customer_id = await limited(100);
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => check({ customer_id })),
    );
    const codes = answers.map(({ body }) => body.code);
    expect(codes.filter((code) => code === "VALID")).toHaveLength(100);
    expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(400);
    expect(await access.counter(toUuid(customer_id))).toBeNull();
    const read = await callRoute("limits.get", {
      headers: { authorization: `Bearer ${w.everything}` },
      params: { customer_id },
    });
    expect(read.body.usage.hour).toBe(100);
  });

  test("a refusal by a window gives back what the quota and the cap gave, reservations too", async () => {
    const customer_id = await limited(2);
    await withQuota(customer_id, "tokens", 1_000);
    await withQuota(customer_id, "spend", 50);
    const asked = { customer_id, meter: "tokens", cost: 7 };
    await check(asked);
    await check({ ...asked, reserve: { amount: 5, spend: "2" } });
    const before = await usage(customer_id);
    const refused = await Promise.all([
      check(asked),
      check({ ...asked, reserve: { amount: 5, spend: "2" } }),
      check(asked),
    ]);
    for (const { body } of refused)
      expect(body).toMatchObject({
        code: "RATE_LIMITED",
        window: "hour",
        reservation: null,
      });
    expect(await usage(customer_id)).toEqual(before);
  });

  test("FLUSHALL resets the windows and nothing else", async () => {
    const customer_id = await limited(1);
    await withQuota(customer_id, "tokens", 10);
    const asked = { customer_id, meter: "tokens", cost: 6 };
    expect((await check(asked)).body.code).toBe("VALID");
    expect((await check({ customer_id })).body.code).toBe("RATE_LIMITED");
    await (
      await redis()
    )?.eval("return redis.call('FLUSHALL')", {
      keys: ["any"],
      arguments: [],
    });
    expect((await check(asked)).body.code).toBe("QUOTA_EXCEEDED");
    expect((await check({ customer_id })).body.code).toBe("VALID");
  });

  test("a Redis that is gone means 503, or with fail_open flagged calls, whose quotas still hold", async () => {
    const customer_id = await limited(100);
    await withQuota(customer_id, "tokens", 10);
    const asked = { customer_id, meter: "tokens", cost: 6 };
    await updateSettings(w.ctx, { access: { fail_open: false } });
    await settings(w.ctx);
    await server.stop();
    const refused = await check(asked);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(await usage(customer_id)).toEqual([{ taken: 0, held: 0 }]);
    await updateSettings(w.ctx, { access: { fail_open: true } });
    await settings(w.ctx);
    const open = await check(asked);
    expect(open.body).toMatchObject({ code: "VALID", degraded: true });
    expect((await check(asked)).body.code).toBe("QUOTA_EXCEEDED");
    await server.start();
    await redisIsReady();
    expect((await check({ customer_id })).body.degraded).toBeUndefined();
  }, 60_000);
});

describeWithRedis("with the windows in a Redis Cluster of three nodes", () => {
  let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    await use(cluster.url, true);
  }, 60_000);
  afterAll(async () => {
    await use(undefined);
    await cluster.stop();
  });

  test("a customer and its keys are decided in one step on one node, and customers on all nodes", async () => {
    // So many that a node without any would be a fault, and no chance.
    const count = 60;
    const customers = await Promise.all(
      Array.from({ length: count }, () => limited(10)),
    );
    for (const customer_id of customers) {
      const key = await access.key(toUuid(customer_id));
      await db.query(
        `INSERT INTO limit_policies (subject_id, subject_kind, per_hour, updated_at) VALUES ($1, 'key', 4, now())`,
        [key.lineage],
      );
    }
    const keys = await db.query<{ hash: Buffer; customer_id: string }>(
      "SELECT hash, customer_id FROM api_keys",
    );
    const asked = keys.flatMap(({ hash, customer_id }) => [
      ...Array.from({ length: 8 }, () => ({ key: hash.toString("hex") })),
      ...Array.from({ length: 8 }, () => ({ customer: customer_id })),
    ]);
    const { askInRedis } = await import("./access-redis-fixture");
    const [answers] = await askInRedis([{ at: Date.now(), asked }]);
    const valid = answers?.filter(({ code }) => code === "VALID") ?? [];
    expect(valid).toHaveLength(count * 10);
    const held = await cluster.keys();
    expect(held.map((names) => names.length > 0)).toEqual([true, true, true]);
    const nodesOf = (id: string) =>
      held.filter((names) => names.some((name) => name.includes(toUuid(id))));
    expect(customers.map((id) => nodesOf(id).length)).toEqual(
      customers.map(() => 1),
    );
    expect(held.flat()).toHaveLength(count * 2);
  });
});
