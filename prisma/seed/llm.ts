import { issueKey } from "@/modules/keys";
import type { Ctx } from "@/platform/context";
import { addCustomers, type Plan } from "./customers";
import {
  addMeters,
  addPlans,
  raise,
  subscribe,
  type SeededPlan,
} from "./entitlements";
import { companies, slug } from "./names";
import { dice } from "./random";
import { addUsage, type Flavor, type Habit } from "./usage";

// Prices in dollars per million tokens, in and out.
const models = [
  { provider: "gemini", model: "gemini-2.5-flash", in: 0.125, out: 0.375 },
  { provider: "gemini", model: "gemini-2.5-pro", in: 1.25, out: 10 },
  { provider: "openai", model: "gpt-4o-mini", in: 0.15, out: 0.6 },
  { provider: "anthropic", model: "claude-haiku", in: 0.8, out: 4 },
] as const;

const quota = (meter: string, limit: number | null) => ({ meter, limit });
const cap = (amount: string) => ({ amount, currency: "USD" }) as const;
const flag = (feature: string) =>
  ({ feature, kind: "boolean", value: true }) as const;
const support = (value: string) =>
  ({ feature: "support", kind: "static", value }) as const;

const offered: (SeededPlan & { callsPerDay: number })[] = [
  {
    name: "Free",
    quotas: [quota("gemini_calls", 100), quota("tokens", 100_000)],
    features: [flag("content_generation")],
    callsPerDay: 0.8,
  },
  {
    name: "Basic",
    quotas: [
      quota("gemini_calls", 1_000),
      quota("openai_calls", 500),
      quota("gemini_tokens", 1_000_000),
      quota("openai_tokens", 500_000),
    ],
    spendCap: cap("50"),
    features: [flag("content_generation"), support("mail")],
    callsPerDay: 14,
  },
  {
    name: "Pro",
    quotas: [
      quota("gemini_calls", 5_000),
      quota("openai_calls", 2_500),
      quota("gemini_tokens", 5_000_000),
      quota("openai_tokens", 2_500_000),
    ],
    spendCap: cap("150"),
    features: [
      flag("content_generation"),
      flag("research"),
      support("one working day"),
    ],
    callsPerDay: 75,
  },
  {
    name: "Enterprise",
    quotas: [quota("gemini_calls", null), quota("openai_calls", null)],
    spendCap: cap("500"),
    features: [
      flag("content_generation"),
      flag("research"),
      flag("white_label"),
      support("dedicated"),
    ],
    callsPerDay: 160,
  },
];

const meters = ["gemini", "openai"].flatMap((provider) => {
  const title = provider === "gemini" ? "Gemini" : "OpenAI";
  return [
    {
      name: `${provider}_calls`,
      title: `${title} calls`,
      unit: "call",
      aggregation: "count" as const,
      provider,
    },
    {
      name: `${provider}_tokens`,
      title: `${title} tokens`,
      unit: "token",
      aggregation: "sum" as const,
      field: "tokens" as const,
      provider,
    },
  ];
});

/** A writing assistant on four models: 24 customers, tokens and costs for 45 days. */
export async function addLlm(ctx: Ctx) {
  const roll = dice(42);
  const plans = companies
    .slice(0, 24)
    .map(([company, person, country], i): Plan => ({
      joinedDaysAgo: 200 - i * 8,
      input: {
        email: `${slug(person).split("-")[0]}@${slug(company)}.example`,
        full_name: person,
        company_name: company,
        country,
      },
    }));
  const customers = await addCustomers(ctx, plans);
  await addMeters(ctx, meters);
  await addPlans(
    ctx,
    offered.map(({ callsPerDay: _, ...plan }) => plan),
  );
  const habits: Habit[] = [];
  for (const [i, customer] of customers.slice(0, 14).entries()) {
    const at = (i + 2) % offered.length;
    const plan = offered[at];
    if (!plan) continue;
    const daysAgo = 12 + (i % 5) * 3;
    await subscribe(ctx, customer.id, { at, name: plan.name, daysAgo });
    const { id: keyId } = await issueKey(ctx, {
      customer_id: customer.id,
      name: "Writer",
    });
    habits.push({
      customerId: customer.id,
      keyId,
      callsPerDay: plan.callsPerDay * (0.8 + roll.next() * 0.5),
      growth: 0.01,
    });
  }
  const [first] = customers;
  if (first) {
    const launch = { meter: "gemini_tokens", amount: 1_000_000 };
    const reason = "Launch of their newsletter";
    await raise(ctx, first.id, { ...launch, reason }, { since: 3, left: 4 });
  }
  await addUsage(ctx, roll, habits, 45, generation);
  return customers;
}

const generation: Flavor = (roll) => {
  const { provider, model, ...price } = roll.one(models);
  const input = roll.whole(80, 6_000);
  const output = roll.whole(20, 2_500);
  const dollars = (input * price.in + output * price.out) / 1_000_000;
  return {
    provider,
    model,
    endpoint: roll.one(["/generate", "/rewrite", "/summarize"]),
    method: "POST",
    status_code: roll.chance(0.015) ? 429 : 200,
    duration_ms: 250 + output * 2 + roll.whole(0, 400),
    tokens_input: input,
    tokens_output: output,
    cost: dollars.toFixed(9),
  };
};
