import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { DecimalText, Instant, Slug } from "@/shared/fields";
import { spendMeter } from "@/shared/windows";

const amount = z.number().min(0).max(1_000_000_000_000_000);
const Source = z.enum(["key", "customer", "plan", "default"]).meta({
  description: "whose quota it is",
});

const words = {
  limit: "in force now, with boosts; null is unlimited, 0 is none",
  base: "the same without boosts",
  used: "what checks count: reported, taken and held",
  reported: "by usage events",
  taken: "by checks, and not yet reported by events",
  held: "by reservations",
  percentage: "used of the limit; null when that is unlimited",
};
const use = {
  overage: z.boolean().meta({
    description: "whether more may be used; otherwise calls are refused",
  }),
  source: Source,
  percentage: z.number().nullable().meta({ description: words.percentage }),
  resets_at: Instant.meta({ description: "the billing period's end" }),
};

/** A quota in force, and what is used of it in the billing period. Amounts in the meter's unit. */
export const Quota = z
  .object({
    meter: Slug,
    title: z.string(),
    unit: z.string(),
    limit: z.number().nullable().meta({ description: words.limit }),
    base: z.number().nullable().meta({ description: words.base }),
    boost: z.number(),
    used: z.number().meta({ description: words.used }),
    reported: z.number().meta({ description: words.reported }),
    taken: z.number().meta({ description: words.taken }),
    held: z.number().meta({ description: words.held }),
    remaining: z.number().nullable(),
    ...use,
  })
  .meta({ id: "Quota" });
export type Quota = z.output<typeof Quota>;

/** The same of spend: amounts are decimal text in USD. */
export const SpendCap = z
  .object({
    amount: z.string().nullable().meta({ description: words.limit }),
    currency: z.literal("USD"),
    base: z.string().nullable().meta({ description: words.base }),
    boost: z.string(),
    used: z.string().meta({ description: words.used }),
    reported: z.string().meta({ description: words.reported }),
    taken: z.string().meta({ description: words.taken }),
    held: z.string().meta({ description: words.held }),
    remaining: z.string().nullable(),
    ...use,
  })
  .meta({ id: "SpendCap" });
export type SpendCap = z.output<typeof SpendCap>;

export const Quotas = z
  .object({
    quotas: z.array(Quota),
    spend_cap: SpendCap.nullable().meta({ description: "null without one" }),
  })
  .meta({ id: "Quotas" });
export type Quotas = z.output<typeof Quotas>;

const SpendCapInput = z
  .strictObject({
    amount: DecimalText.nullable().meta({
      description: "decimal text; null for unlimited, whatever the plan says",
    }),
    currency: z.literal("USD", {
      error: "must be USD, in which usage is priced",
    }),
  })
  .nullable()
  .meta({ description: "null for none of its own" });

export const QuotaInput = z.strictObject({
  meter: Slug,
  limit: amount.nullable().meta({
    description: "per billing period, in the meter's unit; null is unlimited",
  }),
  overage: z.boolean().default(false).meta({
    description: "whether more may be used; otherwise calls are refused",
  }),
});

export const QuotasInput = z
  .strictObject({
    quotas: z
      .array(QuotaInput)
      .max(100)
      .superRefine((quotas, context) => {
        const seen = new Set<string>();
        for (const [at, { meter }] of quotas.entries()) {
          const message =
            meter === spendMeter
              ? "is not set here: give it as spend_cap"
              : seen.has(meter)
                ? "is named twice"
                : null;
          seen.add(meter);
          if (message)
            context.addIssue({ code: "custom", path: [at, "meter"], message });
        }
      }),
    spend_cap: SpendCapInput,
  })
  .meta({ id: "QuotasInput" });
/** Quotas as verbs take them; what may be left out is as in the contract. */
export type QuotasInput = z.input<typeof QuotasInput>;

/** What a subject has of its own, without use. */
export const OwnQuotas = z
  .object({
    quotas: z.array(
      z.object({
        meter: Slug,
        title: z.string(),
        unit: z.string(),
        limit: z.number().nullable(),
        overage: z.boolean(),
      }),
    ),
    spend_cap: z
      .object({ amount: z.string().nullable(), currency: z.literal("USD") })
      .nullable(),
  })
  .meta({ id: "OwnQuotas" });
export type OwnQuotas = z.output<typeof OwnQuotas>;

export const quotasExample = {
  quotas: [{ meter: "tokens", limit: 1_000_000, overage: false }],
  spend_cap: { amount: "50.00", currency: "USD" },
};

const staff = { audience: ["staff", "service"] } as const;

export const quotasApi = {
  get: endpoint({
    id: "quotas.get",
    method: "GET",
    path: "/v1/customers/{customer_id}/quotas",
    summary: "Get a customer's quotas and spend cap, and what is used of them",
    description:
      "For each meter the first of the customer's own quota, its plan's and the default.",
    ...staff,
    permission: "customers:read",
    params: CustomerId,
    response: Quotas,
    errors: ["NOT_FOUND"],
  }),
  set: endpoint({
    id: "quotas.set",
    method: "PUT",
    path: "/v1/customers/{customer_id}/quotas",
    summary: "Set a customer's own quotas and spend cap",
    description:
      "They replace all that it had of its own. A meter that is left out goes back to the plan's quota, or the default.",
    ...staff,
    permission: "customers:write",
    params: CustomerId,
    body: QuotasInput,
    response: Quotas,
    errors: ["NOT_FOUND"],
    example: quotasExample,
  }),
  getDefault: endpoint({
    id: "quotas.getDefault",
    method: "GET",
    path: "/v1/quotas/default",
    summary: "Get the quotas and spend cap of customers that have no others",
    ...staff,
    permission: "plans:read",
    response: OwnQuotas,
  }),
  setDefault: endpoint({
    id: "quotas.setDefault",
    method: "PUT",
    path: "/v1/quotas/default",
    summary: "Set the quotas and spend cap of customers that have no others",
    description: "They replace all that were set.",
    ...staff,
    permission: "plans:write",
    body: QuotasInput,
    response: OwnQuotas,
    example: { quotas: [], spend_cap: null },
  }),
};
