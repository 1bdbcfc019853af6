import { invoicesApi } from "@/modules/invoices/contract";
import { findThing } from "@/modules/support";
import { prisma } from "@/platform/db";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { tenantRow } from "../support/tenants";
import { supportFixture } from "./support-fixture";

useDatabase();
const { held, ask, open, seen } = supportFixture();

type Thing = { id: string; kind: string; name: string; status: string };

const things = async (
  who: "staff" | "customer" | "service",
  query: Record<string, string> = {},
): Promise<Thing[]> =>
  (await ask(who, "ticketThings.list", {}, undefined, query)).body.items;

const newKey = async (customer_id: string, name: string): Promise<string> =>
  (await ask("service", "keys.issue", {}, { customer_id, name })).body.id;

test("what a ticket can be about is what its customer has, by the names that people know", async () => {
  const { w, customer_id } = held;
  const tenant = await tenantRow(customer_id, "suspended");
  const key = await newKey(customer_id, "Production");
  const stranger = await w.customer();
  await newKey(stranger.id, "Theirs");
  const mine = await things("customer");
  expect(mine).toEqual([
    {
      ...{ id: key, kind: "key", status: "active" },
      name: expect.stringMatching(/^Production \(sk_.*….{4}\)$/),
    },
    {
      ...{ id: tenant, kind: "tenant", status: "suspended" },
      name: expect.stringMatching(/^Test \(t/),
    },
  ]);
  expect(await things("staff", { customer_id })).toEqual(mine);
  const unsaid = await ask("service", "ticketThings.list");
  expect([unsaid.status, unsaid.body.error]).toEqual([
    ...[400, expect.stringMatching(/customer_id/)],
  ]);
  const theirs = { customer_id: stranger.id };
  const asked = await ask(
    "customer",
    "ticketThings.list",
    {},
    undefined,
    theirs,
  );
  expect(asked.status).toBe(404);
});

test("who may not read bills, keys or tenants is offered none of them", async () => {
  const { w, customer_id } = held;
  await tenantRow(customer_id, "active");
  await newKey(customer_id, "Production");
  await w.params(invoicesApi.get, customer_id);
  const kindsFor = async (role: "owner" | "billing" | "member") => {
    const { cookie } = await w.person(role, customer_id);
    const headers = { cookie, origin: w.origin };
    const { body } = await callRoute("ticketThings.list", { headers });
    return body.items.map(({ kind }: Thing) => kind);
  };
  expect(await kindsFor("owner")).toEqual(["invoice", "key", "tenant"]);
  expect(await kindsFor("billing")).toEqual(["invoice", "key"]);
  expect(await kindsFor("member")).toEqual(["key", "tenant"]);
});

test("an old thing that a link names is among them, and another customer's never is", async () => {
  const { w, customer_id } = held;
  const old = await newKey(customer_id, "The first");
  for (let i = 0; i < 25; i += 1) await newKey(customer_id, `Key ${i}`);
  const ids = async (query: Record<string, string> = {}) =>
    (await things("customer", query)).map(({ id }) => id);
  expect(await ids()).not.toContain(old);
  expect((await ids({ with: old }))[0]).toBe(old);
  const foreign = await newKey((await w.customer()).id, "Theirs");
  expect(await ids({ with: foreign })).not.toContain(foreign);
});

test("a ticket about a tenant names it beside what is said, until it is gone", async () => {
  const { w, customer_id } = held;
  const about_id = await tenantRow(customer_id, "active");
  const { id } = await open({ about_id });
  expect((await seen("staff", id)).about_id).toBe(about_id);
  const find = () => findThing(w.ctx, customer_id, about_id);
  expect(await find()).toMatchObject({ kind: "tenant", status: "active" });
  const foreign = await tenantRow((await w.customer()).id, "active");
  expect((await open({ about_id: foreign })).code).toBe("NOT_FOUND");
  await prisma().tenant.deleteMany();
  expect(await find()).toBeNull();
});
