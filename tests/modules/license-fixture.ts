import { callRoute } from "../support/app";
import type { TestDatabase } from "../support/database";
import { world, type World } from "../support/world";

/** What tests of licenses ask over and over, each test of a customer of its own. */
export function licenseFixture(database: TestDatabase) {
  // Safe: all are set before any test runs.
  const held = {} as {
    w: World;
    headers: Record<string, string>;
    customer_id: string;
  };
  beforeAll(async () => {
    held.w = await world();
    held.headers = { authorization: `Bearer ${held.w.everything}` };
  });
  beforeEach(async () => {
    const made = await held.w.customer({ time_zone: "Africa/Nairobi" });
    held.customer_id = made.id;
  });
  const call = (name: string, params: Record<string, string>, body?: unknown) =>
    callRoute(name, { headers: held.headers, params, body });
  const byKey = (name: string, body: object, activation_id = "") =>
    callRoute(`licenses.${name}`, { body, params: { activation_id } });
  return {
    held,
    issue: async (body: object = {}) => {
      const { customer_id } = held;
      return (await call("licenses.issue", {}, { customer_id, ...body })).body;
    },
    on: (verb: string, license_id: string, body?: unknown) =>
      call(`licenses.${verb}`, { license_id }, body),
    byKey,
    validate: async (key: string, place: object = {}) =>
      (await byKey("validate", { key, ...place })).body,
    activate: (key: string, identifier: string, kind = "machine") =>
      byKey("activate", { key, kind, identifier }),
    totals: async (customer_id = held.customer_id) => {
      const { body } = await call("customers.get", { customer_id });
      return [body.active_licenses, body.total_licenses];
    },
    age: (key: string, column: string, interval: string) =>
      database.query(
        `UPDATE licenses SET ${column} = ${column} - $2::interval WHERE key = $1`,
        [key, interval],
      ),
    events: (name: string, id: string) =>
      database.query<{ payload: Record<string, unknown> }>(
        "SELECT payload FROM outbox WHERE name = $1 AND payload->>'license_id' = $2 ORDER BY id",
        [name, id],
      ),
  };
}
