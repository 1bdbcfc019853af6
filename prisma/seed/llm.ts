import { issueKey } from "@/modules/keys";
import { addStarterPlans } from "@/modules/plans";
import type { Ctx } from "@/platform/context";
import { addCustomers, type Plan } from "./customers";
import { raise, subscribe } from "./entitlements";
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

const callsPerDay: Readonly<Record<string, number>> = {
  ...{ Free: 0.8, Basic: 14, Pro: 75, Enterprise: 160 },
};

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
  const { items: offered } = await addStarterPlans(ctx, { publish: true });
  const habits: Habit[] = [];
  for (const [i, customer] of customers.slice(0, 14).entries()) {
    const plan = offered[(i + 2) % offered.length];
    if (!plan?.current_version) continue;
    const given = { planId: plan.current_version.id, planName: plan.name };
    await subscribe(ctx, customer.id, given, 12 + (i % 5) * 3);
    const { id: keyId } = await issueKey(ctx, {
      customer_id: customer.id,
      name: "Writer",
    });
    habits.push({
      customerId: customer.id,
      keyId,
      callsPerDay: (callsPerDay[plan.name] ?? 0) * (0.8 + roll.next() * 0.5),
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
