import { issueKey } from "@/modules/keys";
import type { Ctx } from "@/platform/context";
import { addCustomers, type Plan } from "./customers";
import { addMeters, raise, subscribe } from "./entitlements";
import {
  addPlans,
  cap,
  has,
  metered,
  prices,
  says,
  type SeededPlan,
} from "./plans";
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

const gemini = (calls: number | null) =>
  metered("gemini_calls", "Gemini calls", calls);
const openai = (calls: number | null) =>
  metered("openai_calls", "OpenAI calls", calls);
const tokens = (ofGemini: number, ofOpenai: number) => [
  metered("gemini_tokens", "Gemini tokens", ofGemini),
  metered("openai_tokens", "OpenAI tokens", ofOpenai),
];
const writing = has("content_generation", "Content generation");
const research = has("research", "Research");

const offered: (SeededPlan & { callsPerDay: number })[] = [
  {
    name: "Free",
    description: "A few texts a month.",
    terms: {
      prices: prices(0),
      features: [gemini(100), metered("tokens", "Tokens", 100_000), writing],
    },
    callsPerDay: 0.8,
  },
  {
    name: "Basic",
    description: "For one who writes.",
    terms: {
      trial_days: 7,
      prices: prices(29),
      features: [
        ...[gemini(1_000), openai(500), ...tokens(1_000_000, 500_000)],
        ...[writing, says("support", "Support", "by mail")],
      ],
      spend_cap: cap("50"),
    },
    callsPerDay: 14,
  },
  {
    name: "Pro",
    description: "For a team of writers.",
    terms: {
      trial_days: 7,
      prices: prices(79),
      features: [
        ...[gemini(5_000), openai(2_500), ...tokens(5_000_000, 2_500_000)],
        ...[writing, research],
        says("support", "Support", "within one working day"),
      ],
      spend_cap: cap("150"),
    },
    callsPerDay: 75,
  },
  {
    name: "Enterprise",
    description: "With no limit on calls, up to a cost.",
    terms: {
      prices: prices(199),
      features: [
        ...[gemini(null), openai(null), writing, research],
        has("white_label", "White label"),
        says("support", "Support", "dedicated"),
      ],
      spend_cap: cap("500"),
    },
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
  const sold = await addPlans(
    ctx,
    offered.map(({ callsPerDay: _, ...plan }) => plan),
  );
  const habits: Habit[] = [];
  for (const [i, customer] of customers.slice(0, 14).entries()) {
    const plan = offered[(i + 2) % offered.length];
    const given = plan && sold.get(plan.name);
    if (!given) continue;
    await subscribe(ctx, customer.id, given, 12 + (i % 5) * 3);
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
