import { generate } from "otplib";
import { signIn } from "@/modules/identity";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

// Read on first use, so it is in time here.
process.env["LIMIT_AUTH_PER_MINUTE"] = "5";
const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const email = "ada@example.com";
const password = "an engine of brass";

test("tries at once count too: no more passwords are checked than the limit allows", async () => {
  await w.staff({ email, password });
  const tries = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      signIn(w.ctx, { email, password: `wrong ${i}` }),
    ),
  );
  const checked = tries.filter(({ status }) => status === "fulfilled");
  expect(checked).toHaveLength(5);
  const right = await login({ password });
  expect(right.status).toBe(429);
  expect(right.body).toMatchObject({
    error_type: "rate_limit",
    limits: { per_minute: 5 },
  });
  expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("a person who is right is not counted", async () => {
  for (let i = 0; i < 8; i += 1) {
    await forget("auth");
    if (i === 0) await forget("sign-in");
    expect((await login({ password })).status).toBe(200);
  }
});

test("guesses at a second factor end after ten in an hour, whatever the password's limit", async () => {
  await forget("auth");
  const code = await turnOnTwoFactor();
  for (let i = 0; i < 10; i += 1) {
    await forget("sign-in");
    await forget("auth");
    const wrong = code === "000000" ? "111111" : "000000";
    expect((await login({ password, code: wrong })).status).toBe(401);
  }
  await forget("sign-in");
  await forget("auth");
  const refused = await login({ password, code });
  expect([refused.status, refused.body.limits]).toEqual([
    429,
    { per_hour: 10 },
  ]);
  expect(refused.body.usage).toEqual({ hour: 11 });
  expect(refused.body.error).toContain("in 3600 s");
  expect(refused.body.retry_after).toBeGreaterThan(60);
  expect(refused.headers.get("ratelimit-policy")).toBe(
    '"second-factor";q=10;w=3600',
  );
});

test("as many sign-ins may fail as the settings say, from the next one on", async () => {
  const headers = { cookie: await w.staffCookie("owner"), origin: w.origin };
  const { limits } = (await callRoute("settings.get", { headers })).body;
  const set = (auth_per_minute: number) =>
    callRoute("settings.update", {
      headers,
      body: { limits: { ...limits, auth_per_minute } },
    });
  const failed = async () => {
    await forget("sign-in");
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => signIn(w.ctx, { email, password: "x" })),
    );
    return tries.filter(({ status }) => status === "fulfilled").length;
  };
  await set(2);
  expect(await failed()).toBe(2);
  await set(7);
  expect(await failed()).toBe(7);
});

function login(given: { password: string; code?: string }) {
  return callRoute("accounts.login", { body: { email, ...given } });
}

async function turnOnTwoFactor(): Promise<string> {
  const { body: tokens } = await login({ password });
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const { body } = await callRoute("twoFactor.enroll", {
    headers,
    body: { password },
  });
  const code = await generate({ secret: body.secret });
  const confirmed = await callRoute("twoFactor.confirm", {
    headers,
    body: { code },
  });
  expect(confirmed.body.recovery_codes).toHaveLength(10);
  return code;
}

/** As if time had passed: forgets the counters of a budget. */
async function forget(name: "auth" | "sign-in"): Promise<void> {
  await database.query("DELETE FROM api_rate_limits WHERE key LIKE $1", [
    `${name}%`,
  ]);
}
