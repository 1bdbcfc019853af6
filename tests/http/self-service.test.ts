import { endpoints } from "@/http/registry";
import { updateSettings } from "@/modules/settings";
import { capabilities, type Capability } from "@/shared/capabilities";
import type { Endpoint } from "@/shared/endpoint";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

// What a seller switches off is refused to its customers' people, by every endpoint that does it.

const database = useDatabase();

let w: World;
let cookie: string;
let customerId: string;
beforeAll(async () => {
  w = await world();
  const company = { name: "Acme", support_email: "help@acme.example" };
  await updateSettings(w.ctx, { company: { ...company, url: null } });
});
beforeEach(async () => {
  ({ cookie, customerId } = await w.person("owner"));
});
afterEach(() => switchOff([]));
afterEach(() => database.query("DELETE FROM graphile_worker._private_jobs"));

const guarded = endpoints.filter(({ capability }) => capability);
const every = guarded.map((endpoint) => [endpoint.id, endpoint] as const);

function switchOff(names: readonly Capability[]) {
  const all = capabilities.map((name) => [name, !names.includes(name)]);
  return updateSettings(w.ctx, {
    // Safe: each capability is there.
    self_service: Object.fromEntries(all) as Record<Capability, boolean>,
  });
}

async function send(endpoint: Endpoint, headers: Record<string, string>) {
  const params = await w.params(endpoint, customerId);
  const body = await w.body(endpoint, customerId);
  const before = await state();
  const answer = await callRoute(endpoint.id, { headers, params, body });
  return { ...answer, isUnchanged: before === (await state()) };
}

async function state() {
  const [row] = await database.query<{ state: string }>(
    "SELECT (SELECT count(*) FROM audit_log) || ' ' || (SELECT count(*) FROM outbox) AS state",
  );
  return row?.state;
}

const own = () => ({ cookie, origin: w.origin });

test("every capability has something that it switches off", () => {
  const used = new Set(guarded.map(({ capability }) => capability));
  expect([...used].sort()).toEqual([...capabilities].sort());
});

describe.each(every)("%s", (_, endpoint) => {
  const only = endpoint.capability as Capability; // Safe: the list was filtered by it.

  test("is refused when it is switched off, says whom to ask, and changes nothing", async () => {
    await switchOff([only]);
    const { status, body, isUnchanged } = await send(endpoint, own());
    expect([status, body.code]).toEqual([403, "FORBIDDEN"]);
    expect(body.details).toEqual({ capability: only });
    expect(body.error).toMatch(
      /^The seller has switched this off\. To .+, ask Acme \(help@acme\.example\)\.$/,
    );
    expect(isUnchanged).toBe(true);
  });

  test("is refused by the verb itself, too, whoever calls it", async () => {
    await switchOff([only]);
    delete endpoint.capability;
    try {
      const { status, body, isUnchanged } = await send(endpoint, own());
      expect([status, body.details]).toEqual([403, { capability: only }]);
      expect(isUnchanged).toBe(true);
    } finally {
      endpoint.capability = only;
    }
  });

  test("is not refused when all else is switched off", async () => {
    await switchOff(capabilities.filter((name) => name !== only));
    const { status, body } = await send(endpoint, own());
    expect([status, body.details]).not.toEqual([403, expect.anything()]);
  });

  test("is left to staff and to service tokens", async () => {
    await switchOff(capabilities);
    const { audience } = endpoint;
    const headers = {
      staff: { cookie: await w.staffCookie(), origin: w.origin },
      service: { authorization: `Bearer ${w.everything}` },
    };
    for (const kind of ["staff", "service"] as const) {
      if (!audience.includes(kind)) continue;
      const { status } = await send(endpoint, headers[kind]);
      expect([kind, status]).toEqual([kind, endpoint.status]);
    }
  });
});

test("a way to pay cannot be saved by a checkout either, and an invoice can be paid", async () => {
  await switchOff(["payment_methods"]);
  const checkOut = (body: object) =>
    callRoute("checkout.sandbox", { headers: own(), body });
  const refused = await checkOut({ purpose: "setup" });
  expect(refused.status).toBe(403);
  const invoice_id = (
    await w.params(
      endpoints.find(({ id }) => id === "invoices.get") as Endpoint, // Safe: it is there.
      customerId,
    )
  )["invoice_id"];
  const paid = await checkOut({ purpose: "invoice", invoice_id });
  expect(paid.body.details).not.toEqual({ capability: "payment_methods" });
});
