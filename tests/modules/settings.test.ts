import { GET as getLogo } from "@/app/brand/logo/route";
import { countCall } from "@/http/limit";
import { settings } from "@/modules/settings";
import { env } from "@/platform/env";
import { publicCtx } from "@/platform/request-context";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { cookie: await w.staffCookie("owner"), origin: w.origin };
});

const get = async () => (await callRoute("settings.get", { headers })).body;
const put = (body: unknown, as = headers) =>
  callRoute("settings.update", { headers: as, body });
const security = {
  staff_two_factor_required: false,
  password_minimum: 14,
  session_days: 7,
  session_idle_minutes: 30,
};
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const dataUrl = (type: string, bytes: Buffer) =>
  `data:image/${type};base64,${bytes.toString("base64")}`;

test("settings begin with what the environment says, and hold what is set", async () => {
  const before = await get();
  expect(before.company.name).toBe("Tollkeeper");
  expect(before.limits.general_per_minute).toBe(env().LIMIT_GENERAL_PER_MINUTE);
  const company = {
    name: "Acme",
    support_email: "help@example.com",
    url: "https://acme.example",
  };
  const { status, body } = await put({ company, security });
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, company, security });
  expect(await get()).toEqual(body);
});

test("a change is in the audit log with what it replaced, and tells of itself", async () => {
  const company = { name: "First", support_email: null, url: null };
  await put({ company });
  await put({ company: { ...company, name: "Second" } });
  const { body } = await callRoute("audit.list", {
    headers,
    query: { action: "settings.company_changed" },
  });
  expect(body.items[0]).toMatchObject({
    before: { name: "First" },
    after: { name: "Second" },
    target: { kind: "setting" },
    actor: { kind: "staff" },
  });
  const [event] = await database.query(
    "SELECT payload FROM outbox WHERE name = 'settings.changed' ORDER BY id DESC LIMIT 1",
  );
  expect(event).toEqual({ payload: { groups: "company" } });
});

test("two changes at once leave two audit rows that follow on from each other", async () => {
  const named = (name: string) =>
    put({ company: { name, support_email: null, url: null } });
  await named("Zero");
  await Promise.all(["One", "Two", "Three", "Four"].map(named));
  const rows = await database.query<{ before: string; after: string }>(
    `SELECT before->>'name' AS before, after->>'name' AS after FROM audit_log
     WHERE action = 'settings.company_changed' ORDER BY created_at`,
  );
  const next = new Map(rows.slice(-4).map((row) => [row.before, row.after]));
  let [name, steps] = ["Zero", 0];
  for (let then = next.get(name); then; then = next.get(name)) {
    name = then;
    steps += 1;
  }
  expect(steps).toBe(4);
  expect((await get()).company.name).toBe(name);
});

test("who may not change settings is told what is missing, and tokens leave security alone", async () => {
  const reader = { cookie: await w.staffCookie("developer"), origin: w.origin };
  expect((await callRoute("settings.get", { headers: reader })).status).toBe(
    200,
  );
  const company = { name: "Mine", support_email: null, url: null };
  const refused = await put({ company }, reader);
  expect(refused.body.details).toEqual({ permission: "settings:write" });
  const viewer = { cookie: await w.staffCookie("viewer"), origin: w.origin };
  expect((await callRoute("settings.get", { headers: viewer })).status).toBe(
    403,
  );
  const token = { authorization: `Bearer ${w.everything}` };
  expect((await put({ security }, token)).status).toBe(403);
  const both = await put(
    { company, security: { ...security, session_days: 1 } },
    token,
  );
  expect(both.status).toBe(403);
  expect((await get()).company.name).not.toBe("Mine");
  expect((await put({ company }, token)).status).toBe(200);
});

test.each([
  ["no group", {}],
  ["a group that there is not", { prices: {} }],
  ["half a group", { company: { name: "Acme" } }],
  ["a name of two lines", company({ name: "Acme\r\nBcc: x@y.z" })],
  ["an address that is none", company({ support_email: "help" })],
  ["a website that runs a script", company({ url: "javascript:alert(1)" })],
  ["passwords below 12", { security: { ...security, password_minimum: 11 } }],
  ["sessions without end", { security: { ...security, session_days: 366 } }],
  ["an accent with more in it", { portal: { accent: "#fff;}body{" } }],
  ["an SVG", { portal: { accent: null, logo: svg("svg+xml") } }],
  [
    "an SVG that says it is a PNG",
    { portal: { accent: null, logo: svg("png") } },
  ],
  [
    "201 kB",
    {
      portal: {
        accent: null,
        logo: dataUrl("png", Buffer.concat([png, Buffer.alloc(201_000)])),
      },
    },
  ],
])("%s is refused, and changes nothing", async (_, body) => {
  const before = await get();
  expect((await put(body)).status).toBe(400);
  expect(await get()).toEqual(before);
});

test("a logo is served as the image that it is, under an address of its own", async () => {
  const none = await getLogo();
  expect(none.status).toBe(404);
  const logo = dataUrl("png", png);
  const first_call = 'curl -H "X-Key: {key}" https://api.example';
  const { body } = await put({
    portal: { accent: "#3B5BDB", logo, first_call },
  });
  expect(body.portal).toEqual({
    ...{ accent: "#3b5bdb", first_call },
    logo_url: expect.stringMatching(/^\/brand\/logo\?v=[0-9a-f]{16}$/),
  });
  const served = await getLogo();
  expect(served.headers.get("content-type")).toBe("image/png");
  expect(served.headers.get("x-content-type-options")).toBe("nosniff");
  expect(Buffer.from(await served.arrayBuffer()).equals(png)).toBe(true);
  const kept = await put({ portal: { accent: null } });
  expect(kept.body.portal.logo_url).toBe(body.portal.logo_url);
  const removed = await put({ portal: { accent: null, logo: null } });
  expect(removed.body.portal).toEqual({
    ...{ accent: null, logo_url: null, first_call },
  });
  expect((await getLogo()).status).toBe(404);
});

test("what another process changed is seen within a second", async () => {
  let now = new Date();
  const ctx = { ...publicCtx(null), now: () => now };
  await settings(ctx);
  await database.query(
    `INSERT INTO settings VALUES ('company', '{"name": "Elsewhere"}', now())
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  now = new Date(now.getTime() + 1_000);
  expect((await settings(ctx)).company).toEqual({
    name: "Elsewhere",
    support_email: null,
    url: null,
  });
});

test("the limits of the API are those that are set", async () => {
  const { limits } = await get();
  await put({ limits: { ...limits, portal_per_minute: 2 } });
  const ctx = publicCtx("192.0.2.1");
  await countCall(ctx, "general");
  const headersOfSecond = await countCall(ctx, "general");
  expect(headersOfSecond["x-ratelimit-limit"]).toBe("2");
  await expect(countCall(ctx, "general")).rejects.toMatchObject({
    code: "RATE_LIMITED",
  });
  await put({ limits });
});

function company(more: object) {
  const whole = { name: "Acme", support_email: null, url: null, ...more };
  return { company: whole };
}

function svg(type: string) {
  const text = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>';
  return dataUrl(type, Buffer.from(text));
}
