import { endpoints } from "@/http/registry";
import type { Endpoint } from "@/shared/endpoint";
import { callRoute, type Answer, type Sent } from "../support/app";
import { columnNames, fieldsOf } from "../support/contract-fields";
import { useDatabase } from "../support/database";
import { principals, type Principal } from "../support/principals";
import { world, type World } from "../support/world";

// Every endpoint of the registry × every kind of caller. Routes are called as they are, so all of
// it holds without src/proxy.ts.

const database = useDatabase();

let w: World;
let all: Principal[];
let customerA: string;
let cells = 0;
const startedAt = performance.now();

beforeAll(async () => {
  w = await world();
  ({ all, customerA } = await principals(w, database));
}, 60_000);

// Nobody does the jobs here, and each clock that is advanced would look through all that wait.
afterEach(() => database.query("DELETE FROM graphile_worker._private_jobs"));

afterAll(() => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stderr.write(`authorization: ${cells} cells in ${seconds} s\n`);
});

/** What the table of permissions says; null where anybody may ask. */
function expected(endpoint: Endpoint, who: Principal): number | null {
  const { audience, permission } = endpoint;
  if (audience.includes("public")) return null;
  if (who.kind === "nobody") return 401;
  if (!audience.includes(who.kind)) return 403;
  if (permission && !who.holds.has(permission)) return 403;
  // About the caller's own account: the tests of accounts ask with the right password.
  if (endpoint.path.startsWith("/v1/auth/")) return null;
  // An inbox is a person's own: the notification is somebody else's.
  if (endpoint.id === "notifications.read") return 404;
  // What one customer owns by now stands in the way, and another owns nothing.
  if (endpoint.id === "privacy.close") return null;
  if (who.isForeign && namesThing(endpoint)) return 404;
  // Here the sandbox alone is set up, and it has no billing portal.
  const unset = ["checkout.stripe", "checkout.paddle", "checkout.portal"];
  if (unset.includes(endpoint.id)) return 409;
  return endpoint.status;
}

/** Whether a call says whose things it means: in its path, its body or its query. */
function namesThing(endpoint: Endpoint): boolean {
  const isInBody = Object.keys(endpoint.example ?? {}).includes("customer_id");
  return endpoint.path.includes("{") || isInBody || asksByCustomer(endpoint);
}

function asksByCustomer({ query }: Endpoint): boolean {
  return fieldsOf(query).includes("customer_id");
}

const every = endpoints.map((endpoint) => [endpoint.id, endpoint] as const);

describe.each(every)("%s", (_, endpoint) => {
  test("answers each caller as the table of permissions says", async () => {
    const isRefused = (who: Principal) => (expected(endpoint, who) ?? 0) >= 400;
    const own = await input(endpoint, { kind: "customer" });
    const others = await input(endpoint, { kind: "staff" });
    const shared = ({ kind }: Principal) =>
      kind === "customer" ? own : others;
    const refused = await refusals(endpoint, all.filter(isRefused), shared);
    const allowed: unknown[] = [];
    for (const who of all.filter((one) => !isRefused(one))) {
      // What one has read is there for the next; what one has changed may not be.
      const isRead = endpoint.method === "GET";
      const sent = isRead ? shared(who) : await input(endpoint, who);
      const headers = await who.headers(endpoint);
      allowed.push(...(await wrongIn(endpoint, who, { ...sent, headers })));
    }
    expect([...refused, ...allowed]).toEqual([]);
  }, 300_000);
});

/** What is wrong in how callers are refused, who all ask for the same things. */
async function refusals(
  endpoint: Endpoint,
  callers: Principal[],
  given: (who: Principal) => Sent,
) {
  const wrong: unknown[] = [];
  const calls = [];
  for (const who of callers)
    calls.push({ who, headers: await who.headers(endpoint) });
  const before = await state();
  for (const { who, headers } of calls) {
    const sent = { ...given(who), headers };
    wrong.push(...(await wrongIn(endpoint, who, sent)));
  }
  if (before !== (await state()))
    wrong.push([callers.map(({ name }) => name), "one changed something"]);
  return wrong;
}

/** The call and its answer, where that is not what the table of permissions says. */
async function wrongIn(endpoint: Endpoint, who: Principal, sent: Sent) {
  cells += 1;
  const wanted = expected(endpoint, who);
  const answer = await callRoute(endpoint.id, sent);
  const fits =
    wanted === null
      ? ![401, 403].includes(answer.status)
      : answer.status === wanted && saysWhy(endpoint, who, answer);
  return fits ? [] : [[who.name, { wanted }, answer.status, answer.body]];
}

/** A call that is right in all but who makes it. */
async function input(endpoint: Endpoint, { kind }: Pick<Principal, "kind">) {
  const things = kind === "customer" ? customerA : undefined;
  return {
    params: await w.params(endpoint, things),
    body: await w.body(endpoint, things),
    ...(asksByCustomer(endpoint) && { query: { customer_id: customerA } }),
  };
}

/** A 403 names what is missing: the permission, or the kind of caller. */
function saysWhy(
  { audience, permission }: Endpoint,
  who: Principal,
  { status, body }: Answer,
): boolean {
  if (status < 400) return true;
  if (typeof body.error !== "string" || body.error === "") return false;
  if (status !== 403) return true;
  const isOfAudience = audience.some((kind) => kind === who.kind);
  const wanted = isOfAudience ? { permission } : { audience };
  return JSON.stringify(body.details) === JSON.stringify(wanted);
}

/** Which rows a refused call must leave alone are there, and which transaction wrote the last of each table. */
async function state(): Promise<string> {
  const [row] = await database.query<{ state: string }>(
    `SELECT concat_ws(' ', ${guarded
      .map(
        (table) =>
          `(SELECT row(count(*), max(xmin::text::bigint))::text FROM ${table})`,
      )
      .join(", ")}) AS state`,
  );
  return row?.state ?? "";
}

// Sessions, tokens and counters are left out: they note when they were last used.
const guarded = [
  "customers",
  "memberships",
  "invitations",
  "api_keys",
  "limit_policies",
  "usage_readings",
  "ledger_transactions",
  "ledger_entries",
  "settings",
  "invoices",
  "payments",
  "plans",
  "plan_versions",
  "tenants",
  "tenant_jobs",
  "tenant_backups",
  "outbox",
  "audit_log",
];

describe.each(every.filter(([, { body }]) => body))("%s", (id, endpoint) => {
  test("refuses each column of the database that its contract does not name", async () => {
    const known = fieldsOf(endpoint.body);
    expect(known.length).toBeGreaterThan(0);
    const columns = columnNames().filter((name) => !known.includes(name));
    expect(columns.length).toBeGreaterThan(100);
    const [who] = all.filter(
      (one) => ![401, 403, 404].includes(expected(endpoint, one) ?? 0),
    );
    const headers = (await who?.headers(endpoint)) ?? {};
    const params = await w.params(endpoint, who?.customerId);
    const valid = (await w.body(endpoint, who?.customerId)) as object;
    // In parts, since an answer lists no more than a hundred fields.
    for (let at = 0; at < columns.length; at += 90) {
      const part = columns.slice(at, at + 90);
      const extra = Object.fromEntries(part.map((name) => [name, "x"]));
      const body = { ...valid, ...extra };
      const answer = await callRoute(id, { headers, params, body });
      expect([id, answer.status]).toEqual([id, 400]);
      const named = answer.body.details.fields.map(
        ({ field }: { field: string }) => field.replace("body.", ""),
      );
      expect(part.filter((name) => !named.includes(name))).toEqual([]);
    }
  });
});
