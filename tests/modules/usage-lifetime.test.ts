import { randomUUID } from "node:crypto";
import { importUsage, recountUsage } from "@/modules/usage";
import { ingestEvents } from "@/modules/usage/queries";
import { countCalls } from "@/modules/usage/queries/lifetime";
import { sumUpLifetimes } from "@/modules/usage/service/upkeep";
import { systemCtx } from "@/platform/jobs";
import { toUuid } from "@/shared/ids";
import { startOfUtcMonth } from "@/shared/time";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { day, event } from "./usage-fixture";

const db = useDatabase();
const ctx = systemCtx("test");
let w: World;
let customer: string;
const settled = new Date(startOfUtcMonth(new Date(), -2).getTime() + 3 * day);

const used = (occurred_at: Date, calls: number, code: string | null = null) =>
  importUsage(
    ctx,
    Array.from({ length: calls }, () =>
      event(customer, randomUUID(), {
        occurred_at: occurred_at.toISOString(),
        code,
      }),
    ),
  );
const kept = (id: string | null) =>
  db.query<{ calls: number }>(
    "SELECT calls::int FROM usage_lifetime WHERE customer_id = $1",
    [id ? toUuid(id) : "00000000-0000-0000-0000-000000000000"],
  );
const counted = async () => [
  await countCalls(ctx, customer),
  await countCalls(ctx, null),
];

beforeAll(async () => {
  w = await world();
  ({ id: customer } = await w.customer());
  await used(settled, 4);
  await used(settled, 2, "RATE_LIMITED");
  await used(new Date(settled.getTime() + day), 3);
  await used(new Date(), 5);
});

test("a customer says how many calls it ever made", async () => {
  const read = () =>
    callRoute("customers.get", {
      headers: { authorization: `Bearer ${w.everything}` },
      params: { customer_id: customer },
    });
  expect((await read()).body).toMatchObject({ id: customer, total_calls: 12 });
  await sumUpLifetimes(ctx);
  expect((await read()).body.total_calls).toBe(12);
});

test("settled months are summed up once, and later ones are still counted day by day", async () => {
  await sumUpLifetimes(ctx);
  await sumUpLifetimes(ctx);
  expect(await kept(customer)).toEqual([{ calls: 7 }]);
  expect(await kept(null)).toEqual([{ calls: 7 }]);
  expect(await counted()).toEqual([12, 12]);
  await ingestEvents([event(customer, randomUUID())]);
  expect(await counted()).toEqual([13, 13]);
});

test("calls that are imported into settled months count, as do those that a recount finds", async () => {
  await sumUpLifetimes(ctx);
  await used(settled, 10);
  expect(await counted()).toEqual([23, 23]);
  await sumUpLifetimes(ctx);
  await db.query("UPDATE usage_daily SET calls = calls + 100");
  await db.query("UPDATE usage_breakdown SET calls = calls + 100");
  const from = settled.toISOString().slice(0, 10);
  const to = new Date().toISOString().slice(0, 10);
  await recountUsage(ctx, { from, to });
  expect(await counted()).toEqual([23, 23]);
  await sumUpLifetimes(ctx);
  expect(await kept(customer)).toEqual([{ calls: 17 }]);
});

test("who is forgotten leaves nothing of its own, and everyone's calls stay", async () => {
  await sumUpLifetimes(ctx);
  await db.query("SELECT usage_forget($1)", [toUuid(customer)]);
  expect(await kept(customer)).toEqual([]);
  expect(await counted()).toEqual([0, 23]);
  await sumUpLifetimes(ctx);
  expect(await counted()).toEqual([0, 23]);
});
