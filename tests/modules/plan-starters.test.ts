import type { Plan } from "@/modules/plans/contract";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const db = useDatabase();
let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const add = (body = {}) => callRoute("planStarters.add", { headers, body });
const audited = () =>
  db.query<{ action: string }>(
    "SELECT action FROM audit_log WHERE action ~ '^(plan|meter)[.]' ORDER BY action",
  );

test("one act makes the four plans to begin with, as drafts, with the meters that they count", async () => {
  const own = await callRoute("plans.create", {
    headers,
    body: { code: "pro", name: "Our own Pro" },
  });
  const { status, body } = await add();
  expect([status, body.created]).toEqual([200, 3]);
  const items = body.items as Plan[];
  expect(items.map(({ name, status }) => [name, status])).toEqual([
    ["Free", "draft"],
    ["Basic", "draft"],
    ["Our own Pro", "draft"],
    ["Enterprise", "draft"],
  ]);
  expect(items[2]).toEqual(own.body);
  const basic = items[1]?.draft_version;
  expect(basic?.prices[0]?.price).toEqual({ amount: 2_900, currency: "USD" });
  expect(basic?.spend_cap?.amount).toBe("50");
  expect(
    basic?.features.flatMap((one) =>
      one.kind === "metered" ? [[one.meter, one.quota]] : [],
    ),
  ).toEqual([
    ["gemini_calls", 1_000],
    ["openai_calls", 500],
    ["gemini_tokens", 1_000_000],
    ["openai_tokens", 500_000],
  ]);
  expect((await audited()).map(({ action }) => action)).toEqual([
    ...Array<string>(4).fill("meter.created"),
    ...Array<string>(4).fill("plan.created"),
  ]);
});

test("a second time, or many at once, nothing is made or changed", async () => {
  const before = await audited();
  const { body: first } = await add();
  const all = await Promise.all([add({ publish: true }), add(), add()]);
  for (const { status, body } of all)
    expect([status, body]).toEqual([200, { ...first, created: 0 }]);
  expect(await audited()).toEqual(before);
});

test("published, they are what customers can choose", async () => {
  await db.query("DELETE FROM plan_versions");
  await db.query("DELETE FROM plans");
  const { body } = await add({ publish: true });
  expect(body.created).toBe(4);
  const sold = await callRoute("plans.listPublic", {});
  expect(sold.body.items.map((plan: { name: string }) => plan.name)).toEqual([
    "Free",
    "Basic",
    "Pro",
    "Enterprise",
  ]);
});
