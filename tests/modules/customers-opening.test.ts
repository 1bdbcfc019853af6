import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const create = (body: unknown) =>
  callRoute("customers.create", { headers, body });
const on = (call: string, customer_id: string) =>
  callRoute(call, { headers, params: { customer_id } });

describe("a customer made with its limits and a key", () => {
  const whole = {
    full_name: "Katherine Johnson",
    expiry_days: 30,
    limits: { per_second: 2, per_month: 1_000 },
    api_key: { name: "Production" },
  };

  test("may call at once, within those limits, until the days are over", async () => {
    const before = Date.now();
    const { status, body } = await create({
      ...whole,
      email: "katherine@example.com",
    });
    expect(status).toBe(201);
    expect(body.api_key.name).toBe("Production");
    const end = Date.parse(body.expires_at) - 30 * 86_400_000;
    expect(end).toBeGreaterThanOrEqual(before - 1_000);
    expect(end).toBeLessThanOrEqual(Date.now() + 1_000);
    expect((await on("limits.get", body.id)).body).toMatchObject({
      source: "customer",
      base: {
        ...{ per_second: 2, per_month: 1_000 },
        ...{ per_minute: null, per_hour: null, per_day: null },
      },
    });
    const { body: decision } = await callRoute("access.check", {
      headers,
      body: { key: body.api_key.key },
    });
    expect(decision).toMatchObject({ valid: true, customer: { id: body.id } });
    const story = await database.query(
      `SELECT action, request_id FROM audit_log WHERE customer_id = $1`,
      [toUuid(body.id)],
    );
    expect(story.map(({ action }) => action).sort()).toEqual([
      "customer.created",
      "customer.limits_set",
      "key.issued",
    ]);
    expect(new Set(story.map((row) => row["request_id"])).size).toBe(1);
    const again = await on("customers.get", body.id);
    expect(again.body).not.toHaveProperty("api_key");
  });

  test("is not made at all when the caller may issue no keys", async () => {
    const token = await w.token(["customers:write", "customers:read"]);
    const asked = { headers: { authorization: `Bearer ${token}` } };
    const email = "nobody@example.com";
    const refused = await callRoute("customers.create", {
      ...asked,
      body: { ...whole, email },
    });
    expect(refused.status).toBe(403);
    expect(
      (await callRoute("customers.list", { headers, query: { search: email } }))
        .body.total,
    ).toBe(0);
    const { api_key: _, ...rest } = whole;
    const made = await callRoute("customers.create", {
      ...asked,
      body: { ...rest, email },
    });
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty("api_key");
  });

  test.each([
    [{ expiry_days: 0 }, "body.expiry_days"],
    [{ expires_at: "2030-01-01T00:00:00Z" }, "body.expiry_days"],
    [{ limits: { per_year: 1 } }, "body.limits.per_year"],
    [{ api_key: { secret: "mine" } }, "body.api_key.secret"],
  ])("refuses %j, naming the field", async (wrong, field) => {
    const { status, body } = await create({
      ...{ ...whole, email: "wrong@example.com" },
      ...wrong,
    });
    expect(status).toBe(400);
    expect(body.details.fields).toMatchObject([{ field }]);
  });
});
