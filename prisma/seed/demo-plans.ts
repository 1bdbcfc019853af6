import {
  cap,
  charged,
  has,
  metered,
  prices,
  says,
  type SeededPlan,
} from "./plans";

const graduated = (first: string, then: string) => ({
  model: "graduated" as const,
  tiers: [
    { up_to: "10000", unit_price: first },
    { up_to: null, unit_price: then },
  ],
});

/** The plans of a website categorizer's API, in dollars and euros. */
export const apiPlans: SeededPlan[] = [
  {
    name: "Free",
    description: "To try it out.",
    terms: {
      prices: [...prices(0), ...prices(0, "EUR")],
      limits: { per_second: 2, per_minute: 30, per_day: 1_000 },
      features: [
        metered("calls", "API calls", 100),
        has("screenshots", "Screenshots", false),
        says("support", "Support", "community"),
      ],
    },
  },
  {
    name: "Basic",
    description: "For a first product.",
    terms: {
      trial_days: 14,
      prices: [...prices(29), ...prices(27, "EUR")],
      limits: { per_second: 10, per_minute: 120, per_day: 10_000 },
      features: [
        metered("calls", "API calls", 1_000, true),
        has("screenshots", "Screenshots", false),
        says("batch_size", "Sites in a batch", 50),
        says("support", "Support", "by mail"),
      ],
      charges: charged("calls", {
        USD: { model: "per_unit", unit_price: "0.03" },
        EUR: { model: "per_unit", unit_price: "0.028" },
      }),
      spend_cap: cap("50"),
    },
  },
  {
    name: "Pro",
    description: "For teams whose product depends on it.",
    terms: {
      trial_days: 14,
      prices: [...prices(79), ...prices(73, "EUR")],
      limits: { per_second: 20, per_minute: 300, per_day: 20_000 },
      features: [
        metered("calls", "API calls", 4_000, true),
        has("screenshots", "Screenshots"),
        says("batch_size", "Sites in a batch", 500),
        says("support", "Support", "within one working day"),
      ],
      charges: charged("calls", {
        USD: graduated("0.02", "0.012"),
        EUR: graduated("0.019", "0.011"),
      }),
      spend_cap: cap("150"),
    },
  },
  {
    name: "Enterprise",
    description: "With no limit on calls, and a person to ask.",
    terms: {
      prices: [...prices(199), ...prices(185, "EUR")],
      limits: { per_second: 100 },
      features: [
        metered("calls", "API calls", null),
        has("screenshots", "Screenshots"),
        says("batch_size", "Sites in a batch", 5_000),
        has("white_label", "White label"),
        says("support", "Support", "dedicated"),
      ],
      spend_cap: cap("500"),
    },
  },
];

/** Odoo as a service: what a tenant may have. */
export const tenantPlans: SeededPlan[] = [
  {
    name: "Odoo Starter",
    description: "One Odoo for a small company.",
    terms: {
      trial_days: 14,
      prices: [...prices(19), ...prices(18, "EUR")],
      features: [
        says("tenants", "Odoo databases", 1),
        says("tenant_users", "Users", 5),
        says("tenant_storage_gb", "Storage in GB", 5),
        has("custom_domain", "Own domain", false),
      ],
    },
  },
  {
    name: "Odoo Business",
    description: "For a growing one, with a database to test in.",
    terms: {
      trial_days: 14,
      prices: [...prices(59), ...prices(55, "EUR")],
      features: [
        says("tenants", "Odoo databases", 2),
        says("tenant_users", "Users", 25),
        says("tenant_storage_gb", "Storage in GB", 50),
        has("custom_domain", "Own domain"),
      ],
    },
  },
  {
    name: "Odoo Agency",
    description: "For those who run Odoo for others.",
    terms: {
      prices: [...prices(149), ...prices(139, "EUR")],
      features: [
        says("tenants", "Odoo databases", 10),
        says("tenant_users", "Users", 250),
        says("tenant_storage_gb", "Storage in GB", 250),
        has("custom_domain", "Own domain"),
      ],
    },
  },
];
