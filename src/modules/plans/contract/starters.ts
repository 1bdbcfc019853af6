import * as z from "zod";
import type { MeterInput } from "@/modules/meters/contract";
import { endpoint } from "@/shared/endpoint";
import { Plan, type PlanInput } from "../contract";
import type { PlanTermsInput } from "./terms";

type Feature = NonNullable<PlanTermsInput["features"]>[number];

const prices = (dollars: number): PlanTermsInput["prices"] => {
  const price = (amount: number) => ({ amount: amount * 100, currency: "USD" });
  return [
    { interval: "month", price: price(dollars) },
    { interval: "year", price: price(dollars * 10) },
  ];
};
const metered = (
  meter: string,
  title: string,
  quota: number | null,
): Feature => ({ feature: meter, title, kind: "metered", meter, quota });
const has = (feature: string, title: string): Feature => ({
  ...{ feature, title, kind: "boolean", value: true },
});
const support = (value: string): Feature => ({
  ...{ feature: "support", title: "Support", kind: "static", value },
});
const upTo = (amount: string) => ({ amount, currency: "USD" }) as const;

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

export type StarterPlan = Omit<PlanInput, "code" | "terms"> & {
  code: string;
  terms: PlanTermsInput;
};

/** Plans of one who sells an app on language models, to begin with and to change. */
export const starterPlans: readonly StarterPlan[] = [
  {
    code: "free",
    name: "Free",
    description: "A few texts a month.",
    position: 0,
    terms: {
      prices: prices(0),
      features: [gemini(100), metered("tokens", "Tokens", 100_000), writing],
    },
  },
  {
    code: "basic",
    name: "Basic",
    description: "For one who writes.",
    position: 10,
    terms: {
      trial_days: 7,
      prices: prices(29),
      features: [
        ...[gemini(1_000), openai(500), ...tokens(1_000_000, 500_000)],
        ...[writing, support("by mail")],
      ],
      spend_cap: upTo("50"),
    },
  },
  {
    code: "pro",
    name: "Pro",
    description: "For a team of writers.",
    position: 20,
    terms: {
      trial_days: 7,
      prices: prices(79),
      features: [
        ...[gemini(5_000), openai(2_500), ...tokens(5_000_000, 2_500_000)],
        ...[writing, research, support("within one working day")],
      ],
      spend_cap: upTo("150"),
    },
  },
  {
    code: "enterprise",
    name: "Enterprise",
    description: "With no limit on calls, up to a cost.",
    position: 30,
    terms: {
      prices: prices(199),
      features: [
        ...[gemini(null), openai(null), writing, research],
        ...[has("white_label", "White label"), support("dedicated")],
      ],
      spend_cap: upTo("500"),
    },
  },
];

const counted = (provider: string, name: string): MeterInput[] => {
  const rest = { property: null, event_meter: null, provider, model: null };
  return [
    {
      ...{ name: `${provider}_calls`, title: `${name} calls`, unit: "call" },
      ...{ aggregation: "count", field: null, ...rest },
    },
    {
      ...{ name: `${provider}_tokens`, title: `${name} tokens`, unit: "token" },
      ...{ aggregation: "sum", field: "tokens", ...rest },
    },
  ];
};

/** What those plans count. */
export const starterMeters: readonly MeterInput[] = [
  ...counted("gemini", "Gemini"),
  ...counted("openai", "OpenAI"),
];

export const planStartersApi = {
  add: endpoint({
    id: "planStarters.add",
    method: "POST",
    path: "/v1/plan-catalog/starters",
    summary: "Create the plans to begin with: Free, Basic, Pro and Enterprise",
    description:
      "With the meters that they count. A plan or meter whose code or name is taken is left as it is, so doing it twice is doing it once. They are drafts unless publish is true.",
    audience: ["staff", "service"],
    permission: "plans:write",
    body: z.strictObject({
      publish: z.boolean().default(false).meta({
        description: "sell them at once; else they are drafts",
      }),
    }),
    response: z.object({
      items: z.array(Plan).meta({ description: "the four, as they are now" }),
      created: z.number().int().meta({ description: "how many are new" }),
    }),
    errors: ["CONFLICT"],
    example: { publish: false },
  }),
};
