import fc from "fast-check";
import { normalSubdomain, subdomainProblem } from "@/modules/tenants/subdomain";
import { useDatabase } from "../support/database";
import { allowTenants, newTenant, subdomain } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const { held, work, call, on, read, databases } = tenantsFixture(database);

test.each([
  ["ab", "must have 3 to 63 characters"],
  ["a".repeat(64), "must have 3 to 63 characters"],
  ["-acme", "must not begin or end with a hyphen"],
  ["acme-", "must not begin or end with a hyphen"],
  ["ac_me", "must have only a-z, 0-9 and hyphens"],
  ["ac.me", "must have only a-z, 0-9 and hyphens"],
  ["ac--me", "must not have two hyphens as its third and fourth characters"],
  ["www", "is reserved; choose another one"],
  ["WWW ", "is reserved; choose another one"],
  ["аcme", expect.stringContaining("letters of other scripts")],
  ["xn--cme-5cd", expect.stringContaining("letters of other scripts")],
  ["acme", null],
  ["a1-2b", null],
])("the subdomain %s: %s", (typed, problem) => {
  expect(subdomainProblem(normalSubdomain(typed), ["www"])).toEqual(problem);
});

test("the normal form is the same for all ways to write it, and of itself", () => {
  for (const typed of ["ACME", " acme ", "ａｃｍｅ", "Acme"])
    expect(normalSubdomain(typed)).toBe("acme");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (typed) => {
      const normal = normalSubdomain(typed);
      const isFine = subdomainProblem(normal, []) === null;
      return (
        !isFine ||
        (normalSubdomain(normal) === normal &&
          /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(normal))
      );
    }),
    { numRuns: 5_000 },
  );
});

test("of 50 that ask for one subdomain at once, one gets it and the rest are told", async () => {
  const wanted = subdomain();
  const customers = await Promise.all(
    Array.from({ length: 10 }, () => held.w.customer()),
  );
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      call("tenants.create", {
        body: {
          customer_id: customers[i % 10]?.id,
          subdomain: i % 2 ? wanted : wanted.toUpperCase(),
        },
      }),
    ),
  );
  const codes = answers.map(({ status }) => status).sort();
  expect(codes).toEqual([201, ...Array<number>(49).fill(409)]);
  await work();
  const made = answers.find(({ status }) => status === 201)?.body;
  expect(await read(made.id)).toMatchObject({
    status: "active",
    subdomain: wanted,
  });
  expect(await databases()).toHaveLength(1);
}, 60_000);

test("while one types, the subdomain is checked as creating it would", async () => {
  const check = async (typed: string) =>
    (await call("tenants.checkSubdomain", { query: { subdomain: typed } }))
      .body;
  const free = subdomain();
  expect(await check(free.toUpperCase())).toMatchObject({
    subdomain: free,
    is_available: true,
    problem: null,
  });
  expect(await check("www")).toMatchObject({
    is_available: false,
    problem: "is reserved; choose another one",
  });
  const { subdomain: taken } = await newTenant(held.w.ctx);
  expect(await check(taken)).toMatchObject({
    is_available: false,
    problem: "is taken; choose another one",
  });
  const customer_id = (await held.w.customer()).id;
  const refused = await call("tenants.create", {
    body: { customer_id, subdomain: "a b" },
  });
  expect([refused.status, refused.body.details.fields[0].field]).toEqual([
    400,
    "body.subdomain",
  ]);
});

test("a plan's number of tenants is kept however many ask at once, and deleting one makes room", async () => {
  const customer_id = (await held.w.customer()).id;
  await allowTenants(held.w.ctx, customer_id, {
    tenants: 2,
    tenant_users: 5,
    tenant_storage_gb: 1,
  });
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      call("tenants.create", { body: { customer_id, subdomain: subdomain() } }),
    ),
  );
  const made = answers.filter(({ status }) => status === 201);
  expect(made).toHaveLength(2);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body.details).toEqual({ limit: 2, used: 2 });
  expect(made[0]?.body.usage).toMatchObject({
    users: { limit: 5 },
    storage_bytes: { limit: 1_000_000_000 },
  });
  await work();
  await on("remove", made[0]?.body.id);
  expect(
    (
      await call("tenants.create", {
        body: { customer_id, subdomain: subdomain() },
      })
    ).status,
  ).toBe(409);
  await work();
  expect(
    (
      await call("tenants.create", {
        body: { customer_id, subdomain: subdomain() },
      })
    ).status,
  ).toBe(201);
});

test("a customer's people need a plan that has tenants; staff do not", async () => {
  const { cookie, customerId } = await held.w.person("owner");
  const headers = { cookie, origin: held.w.origin };
  const create = () =>
    call("tenants.create", { headers, body: { subdomain: subdomain() } });
  const refused = await create();
  expect([refused.status, refused.body.details]).toEqual([409, { limit: 0 }]);
  await allowTenants(held.w.ctx, customerId, { tenants: 1 });
  const made = await create();
  expect([made.status, made.body.customer_id]).toEqual([201, customerId]);
  const member = await held.w.person("member", customerId);
  const theirs = { cookie: member.cookie, origin: held.w.origin };
  expect(
    (
      await call("tenants.get", {
        headers: theirs,
        params: { tenant_id: made.body.id },
      })
    ).status,
  ).toBe(200);
  expect(
    (
      await call("tenants.remove", {
        headers: theirs,
        params: { tenant_id: made.body.id },
      })
    ).status,
  ).toBe(403);
  const stranger = {
    cookie: await held.w.customerCookie(),
    origin: held.w.origin,
  };
  expect(
    (
      await call("tenants.get", {
        headers: stranger,
        params: { tenant_id: made.body.id },
      })
    ).status,
  ).toBe(404);
});

test("what is past the plan's users or storage is said, and no module is added to it", async () => {
  const customer_id = (await held.w.customer()).id;
  await allowTenants(held.w.ctx, customer_id, {
    tenants: 1,
    tenant_users: 0,
    tenant_storage_gb: 0,
  });
  const { id } = await newTenant(held.w.ctx, { customer_id });
  await work();
  expect((await read(id)).over_limits).toEqual(["users", "storage"]);
  const refused = await on("installModule", id, { name: "crm" });
  expect([refused.status, refused.body.details.limit]).toEqual([409, 0]);
});

test("a customer with tenants cannot be deleted", async () => {
  const { customer_id } = await newTenant(held.w.ctx);
  const { status, body } = await call("customers.remove", {
    params: { customer_id },
  });
  expect(status).toBe(409);
  expect(body.details.blockers).toContainEqual({ kind: "tenants", count: 1 });
});
