import * as z from "zod";
import { route } from "@/http/route";
import { networkOf } from "@/http/network";
import { env } from "@/platform/env";
import { refund, spend } from "@/platform/rate-limit";
import { closeRedis, redis } from "@/platform/redis";
import { endpoint, type LimitClass } from "@/shared/endpoint";
import { DomainError } from "@/shared/errors";
import { randomText } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { describeWithRedis, startRedis } from "../support/redis";
import { world, type World } from "../support/world";

const database = useDatabase();

const figures = {
  LIMIT_AUTH_PER_MINUTE: 5,
  LIMIT_TENANTS_PER_MINUTE: 3,
  LIMIT_TICKETS_PER_MINUTE: 10,
  LIMIT_PORTAL_PER_MINUTE: 60,
  LIMIT_GENERAL_PER_MINUTE: 600,
};

let w: World;
beforeAll(async () => {
  w = await world();
  Object.assign(env(), figures);
});

/** An endpoint of a limit class, that does nothing. */
const ofClass = (limit: LimitClass, isPublic = false) =>
  route(
    endpoint({
      id: "test.nothing",
      method: "GET",
      path: "/v1/nothing",
      summary: "Nothing",
      audience: isPublic ? ["public"] : ["staff", "customer", "service"],
      limit,
      response: z.object({}),
    }),
    async () => ({}),
  );

type Route = ReturnType<typeof ofClass>;
const call = (handler: Route, headers: Record<string, string>) =>
  handler(new Request("http://localhost:3000/api/v1/nothing", { headers }), {
    params: Promise.resolve({}),
  });

async function admitted(
  handler: Route,
  headers: Record<string, string>,
  calls: number,
): Promise<number> {
  let count = 0;
  for (let i = 0; i < calls; i += 10) {
    const some = Array.from({ length: 10 }, () => call(handler, headers));
    const answers = await Promise.all(some);
    count += answers.filter(({ status }) => status === 200).length;
  }
  return count;
}

const people = {
  "a customer's user": async () => ({
    cookie: (await w.person("owner")).cookie,
  }),
  "a member of staff": async () => ({ cookie: await w.staffCookie("viewer") }),
  "a service token": async () => ({
    authorization: `Bearer ${await w.token(["usage:read"])}`,
  }),
};

test.each([
  ["auth", "a customer's user", 5],
  ["tenants", "a customer's user", 3],
  ["tenants", "a member of staff", 3],
  ["tickets", "a customer's user", 10],
  ["general", "a customer's user", 60],
  ["general", "a member of staff", 600],
  ["general", "a service token", 600],
] as const)(
  "%s lets %s make %i calls a minute, and not one more",
  async (limit, who, figure) => {
    const handler = ofClass(limit);
    const headers = await people[who]();
    expect(await admitted(handler, headers, figure + 20)).toBe(figure);
    const refused = await call(handler, headers);
    const body = await refused.json();
    expect([refused.status, body.code]).toEqual([429, "RATE_LIMITED"]);
    expect(body).toMatchObject({
      error_type: "rate_limit",
      limits: { per_minute: figure },
    });
    expect(Number(refused.headers.get("retry-after"))).toBe(body.retry_after);
    expect(refused.headers.get("ratelimit")).toMatch(/;r=0;t=\d+$/);
    expect(refused.headers.get("x-ratelimit-limit")).toBe(String(figure));
    // Another of the same kind, and another class, are counted apart.
    expect((await call(handler, await people[who]())).status).toBe(200);
    const other = limit === "tickets" ? "tenants" : "tickets";
    expect((await call(ofClass(other), headers)).status).toBe(200);
  },
);

test("what needs no budget counts none, and the headers tell where one stands", async () => {
  const headers = await people["a service token"]();
  expect(await admitted(ofClass("hot"), headers, 700)).toBe(700);
  const answer = await call(ofClass("general"), headers);
  expect(answer.headers.get("ratelimit-policy")).toBe('"general";q=600;w=60');
  expect(answer.headers.get("ratelimit")).toMatch(/^"general";r=599;t=\d+$/);
});

test("nobody in particular is counted by address, and forged headers give no new one", async () => {
  const handler = ofClass("auth", true);
  const statuses: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    const forged = {
      "x-forwarded-for": `10.0.0.${i}`,
      "x-real-ip": `10.1.0.${i}`,
    };
    statuses.push((await call(handler, forged)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
});

test("an IPv6 caller is one network, however it spells its address", () => {
  const same = [
    "2001:db8:0:1::1",
    "2001:DB8:0:1:ffff::",
    "2001:db8:0000:0001:1:2:3:4",
  ];
  expect(new Set(same.map(networkOf))).toEqual(new Set(["2001:db8:0:1::/64"]));
  expect(networkOf("2001:db8:0:2::1")).not.toBe(networkOf("2001:db8:0:1::1"));
  expect([networkOf("::1"), networkOf("192.0.2.7"), networkOf(null)]).toEqual([
    "0:0:0:0::/64",
    "192.0.2.7",
    "none",
  ]);
});

describeWithRedis("with Redis", () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    server = await startRedis();
    Object.assign(env(), { REDIS_URL: server.url });
    await untilReady();
  });
  afterAll(async () => {
    await closeRedis();
    await server.stop();
    Object.assign(env(), { REDIS_URL: undefined });
  });

  /** A budget of its own: a limiter is made once for each. */
  const budget = () => ({ name: `r-${randomText(8)}`, points: 5 });
  const left = (own: { name: string; points: number }) =>
    spend(own, "someone").then(
      ({ remaining }) => remaining,
      (error: unknown) => (error instanceof DomainError ? error.code : error),
    );
  const inPostgres = async (name: string) => {
    const rows = await database.query(
      "SELECT 1 FROM api_rate_limits WHERE key LIKE $1",
      [`${name}:%`],
    );
    return rows.length;
  };

  test("calls are counted there, and not in PostgreSQL", async () => {
    const own = budget();
    const seen = [];
    for (let i = 0; i < 6; i += 1) seen.push(await left(own));
    expect(seen).toEqual([4, 3, 2, 1, 0, "RATE_LIMITED"]);
    await refund(own, "someone", 2);
    expect(await left(own)).toBe(0);
    expect(await inPostgres(own.name)).toBe(0);
    const ttl = await (await redis())?.ttl(`${own.name}:someone`);
    expect(ttl).toBeGreaterThan(50);
  });

  test("while it is down PostgreSQL counts, and then it counts again", async () => {
    const own = budget();
    expect(await left(own)).toBe(4);
    await server.stop();
    const seen = [];
    for (let i = 0; i < 6; i += 1) seen.push(await left(own));
    expect(seen).toEqual([4, 3, 2, 1, 0, "RATE_LIMITED"]);
    expect(await inPostgres(own.name)).toBe(1);
    await server.start();
    await untilReady();
    expect(await left(own)).toBe(4);
  });

  test("while it hangs PostgreSQL counts after a moment", async () => {
    const own = budget();
    server.freeze(true);
    const start = performance.now();
    expect(await left(own)).toBe(4);
    const waited = performance.now() - start;
    server.freeze(false);
    expect(waited).toBeLessThan(2_000);
    expect(await inPostgres(own.name)).toBe(1);
  });
});

async function untilReady(): Promise<void> {
  while (!(await redis())?.isReady)
    await new Promise((next) => setTimeout(next, 20));
}
