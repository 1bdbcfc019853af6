import type { PublicPlan } from "@/modules/plans/contract";
import { systemCtx } from "@/platform/jobs";
import { seed } from "../../prisma/seed";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";

useDatabase();
jest.setTimeout(120_000);

let plans: Map<string, PublicPlan>;
beforeAll(async () => {
  await seed(systemCtx("test"), { scenario: "llm" });
  const { body } = await callRoute("plans.listPublic", {});
  const { items } = body as { items: PublicPlan[] };
  plans = new Map(items.map((plan) => [plan.name, plan]));
});

test("the scenario of a seller of models offers four plans, the cheapest first", () => {
  expect([...plans.keys()]).toEqual(["Free", "Basic", "Pro", "Enterprise"]);
});

test.each([
  ["Free", 0, { gemini_calls: 100, tokens: 100_000 }, null],
  [
    "Basic",
    2_900,
    {
      ...{ gemini_calls: 1_000, openai_calls: 500 },
      ...{ gemini_tokens: 1_000_000, openai_tokens: 500_000 },
    },
    "50",
  ],
  [
    "Pro",
    7_900,
    {
      ...{ gemini_calls: 5_000, openai_calls: 2_500 },
      ...{ gemini_tokens: 5_000_000, openai_tokens: 2_500_000 },
    },
    "150",
  ],
  ["Enterprise", 19_900, { gemini_calls: null, openai_calls: null }, "500"],
])(
  "the plan %s has its price, quotas and cost limit",
  (name, amount, quotas, cap) => {
    const plan = plans.get(name);
    expect(plan?.prices).toContainEqual({
      interval: "month",
      price: { amount, currency: "USD" },
    });
    const granted = plan?.features.flatMap((feature) =>
      feature.kind === "metered" ? [[feature.meter, feature.quota]] : [],
    );
    expect(Object.fromEntries(granted ?? [])).toEqual(quotas);
    expect(plan?.spend_cap?.amount ?? null).toBe(cap);
  },
);

test("Enterprise is white-labeled and has support of its own", () => {
  expect(plans.get("Enterprise")?.features).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ feature: "white_label", value: true }),
      expect.objectContaining({ feature: "support", value: "dedicated" }),
    ]),
  );
});
