import { generate } from "otplib";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();
jest.setTimeout(60_000);

const email = "ada@example.com";
const password = "an engine of brass";

let w: World;
let headers: Record<string, string>;
let secret: string;
let recoveryCodes: string[];
beforeAll(async () => {
  w = await world();
  await w.staff({ email, password });
  const { body } = await login({});
  headers = { authorization: `Bearer ${body.access_token}` };
});

test("counts only once a code of the authenticator was given", async () => {
  const wrong = await act("enroll", { password: "not this one" });
  expect(wrong.body.details.fields[0].field).toBe("body.password");
  expect((await act("confirm", { code: "123456" })).status).toBe(409);
  const { body } = await act("enroll", { password });
  secret = body.secret;
  expect(body.uri).toMatch(/^otpauth:\/\/totp\/.*ada%40example.com.*secret=/);
  expect((await login({})).status).toBe(200);
  const confirmed = await act("confirm", { code: await codeIn(-1) });
  recoveryCodes = confirmed.body.recovery_codes;
  expect(new Set(recoveryCodes).size).toBe(10);
});

test("a password alone opens nothing any more, and says what is missing", async () => {
  const answer = await login({});
  expect(answer.status).toBe(401);
  expect(answer.body.code).toBe("TWO_FACTOR_REQUIRED");
});

test("a code works once, also when two send it at once, and none older after it", async () => {
  const code = await codeIn(0);
  const twice = await Promise.all([login({ code }), login({ code })]);
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 401]);
  expect((await login({ code: await codeIn(-1) })).status).toBe(401);
  expect((await login({ code: await codeIn(-10) })).status).toBe(401);
});

test("a recovery code works once, in any spelling", async () => {
  const [code = "", other = ""] = recoveryCodes;
  const spelled = code.replaceAll("-", " ").toUpperCase();
  const twice = await Promise.all([
    login({ code: spelled }),
    login({ code: spelled }),
  ]);
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 401]);
  expect((await login({ code: other })).status).toBe(200);
  const used = await database.query(
    "SELECT payload->>'left' AS left FROM outbox WHERE name = 'recovery_code.used' ORDER BY id",
  );
  expect(used.map((row) => row["left"])).toEqual(["9", "8"]);
});

test("the secret and the codes are not in the database in the clear", async () => {
  const rows = JSON.stringify([
    await database.query(
      "SELECT encode(two_factor_secret, 'escape') AS secret FROM users",
    ),
    await database.query("SELECT encode(hash, 'escape') FROM recovery_codes"),
    await database.query("SELECT * FROM audit_log"),
    await database.query("SELECT * FROM outbox"),
  ]);
  for (const text of [secret, ...recoveryCodes])
    expect(rows).not.toContain(text);
});

test("new recovery codes end the old ones; turning it off needs a code and takes them along", async () => {
  const [, , third = "", fourth = ""] = recoveryCodes;
  const renewed = await act("renewCodes", { password, code: third });
  expect(renewed.body.recovery_codes).toHaveLength(10);
  expect((await login({ code: fourth })).status).toBe(401);
  const [fresh = ""] = renewed.body.recovery_codes;
  const wrong = await act("disable", { password, code: "zzzz-zzzz-zzzz" });
  expect(wrong.body.details.fields[0].field).toBe("body.code");
  const off = await act("disable", { password, code: fresh });
  expect(off.body).toEqual({ done: true });
  expect((await login({})).status).toBe(200);
  expect(await database.query("SELECT 1 FROM recovery_codes")).toEqual([]);
});

test("when the seller asks for it, staff without it can do nothing but turn it on", async () => {
  const security = {
    staff_two_factor_required: true,
    password_minimum: 12,
    session_days: 30,
    session_idle_minutes: null,
  };
  const put = (body: object) => callRoute("settings.update", { headers, body });
  expect((await put({ security })).status).toBe(200);
  await new Promise((passed) => setTimeout(passed, 1_100)); // settings are read once a second
  const refused = await callRoute("customers.list", { headers });
  expect(refused.status).toBe(403);
  expect(refused.body.code).toBe("TWO_FACTOR_ENROLLMENT_REQUIRED");
  const { body } = await act("enroll", { password });
  const code = await generate({ secret: body.secret });
  expect((await act("confirm", { code })).status).toBe(200);
  expect((await callRoute("customers.list", { headers })).status).toBe(200);
});

function act(
  verb: "enroll" | "confirm" | "disable" | "renewCodes",
  body: object,
) {
  return callRoute(`twoFactor.${verb}`, { headers, body });
}

function login(more: { code?: string }) {
  return callRoute("accounts.login", { body: { email, password, ...more } });
}

/** The authenticator's code, some steps of 30 s from now. */
function codeIn(steps: number): Promise<string> {
  const epoch = Math.floor(Date.now() / 1000) + 30 * steps;
  return generate({ secret, epoch });
}
