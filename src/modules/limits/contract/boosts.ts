import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { count, DecimalText, Instant, Slug, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import { spendMeter } from "@/shared/windows";

const more = count(1, 1_000_000_000);

/** What a boost adds to windows; those that are left out stay. */
export const BoostLimits = z
  .strictObject({
    per_second: more.optional(),
    per_minute: more.optional(),
    per_hour: more.optional(),
    per_day: more.optional(),
    per_month: more.optional(),
  })
  .refine((limits) => Object.values(limits).some(Boolean), {
    error: "must raise at least one window",
  });
export type BoostLimits = z.output<typeof BoostLimits>;

export const boostStatuses = ["current", "upcoming", "past"] as const;
export type BoostStatus = (typeof boostStatuses)[number];

/** A raise of limits, of a quota or of the spend cap, for a time. */
export const Boost = z
  .object({
    id: idOf("bst"),
    customer_id: idOf("cus"),
    key_id: idOf("key").nullable().meta({
      description: "the key whose own limits it raises, and its successors'",
    }),
    limits: z.record(z.string(), z.number()).nullable(),
    meter: z.string().nullable(),
    amount: z.number().nullable().meta({ description: "in the meter's unit" }),
    spend: z.string().nullable().meta({
      description: "of the spend cap: decimal text in USD",
    }),
    reason: z.string(),
    status: z.enum(boostStatuses),
    starts_at: Instant,
    ends_at: Instant,
    created_at: Instant,
  })
  .meta({ id: "Boost" });
export type Boost = z.output<typeof Boost>;

export const BoostInput = z
  .strictObject({
    limits: BoostLimits.optional(),
    meter: Slug.optional(),
    amount: z.number().positive().max(1_000_000_000_000_000).optional().meta({
      description: "what is added to the meter's quota",
    }),
    spend: DecimalText.optional().meta({
      description: "what is added to the spend cap, in USD",
    }),
    starts_at: Instant.optional().meta({ description: "now unless given" }),
    ends_at: Instant,
    reason: text(300),
    key_id: idOf("key").optional().meta({
      description:
        "raises what this key has of its own, instead; it must have that",
    }),
  })
  .refine(
    ({ limits, meter, spend }) =>
      [limits, meter, spend].filter((value) => value !== undefined).length ===
      1,
    {
      path: ["limits"],
      error: "give one of limits, meter with amount, and spend",
    },
  )
  .refine(
    ({ meter, amount }) => (meter === undefined) === (amount === undefined),
    {
      path: ["amount"],
      error: "give it with a meter, and only then",
    },
  )
  .refine(({ meter }) => meter !== spendMeter, {
    path: ["meter"],
    error: "is not raised here: give spend",
  })
  .refine(({ spend }) => spend === undefined || /[1-9]/.test(spend), {
    path: ["spend"],
    error: "must be more than 0",
  })
  .refine(
    ({ starts_at, ends_at }) =>
      starts_at === undefined || new Date(starts_at) < new Date(ends_at),
    { path: ["ends_at"], error: "must lie after starts_at" },
  )
  .meta({ id: "BoostInput" });
export type BoostInput = z.output<typeof BoostInput>;

export const BoostQuery = z.strictObject({
  ...pageFields,
  status: z.enum(boostStatuses).optional(),
});
export type BoostQuery = z.output<typeof BoostQuery>;

const staff = { audience: ["staff", "service"] } as const;

export const boostsApi = {
  list: endpoint({
    id: "boosts.list",
    method: "GET",
    path: "/v1/customers/{customer_id}/boosts",
    summary: "List a customer's boosts, the last to end first",
    ...staff,
    permission: "customers:read",
    params: CustomerId,
    query: BoostQuery,
    response: pageOf(Boost),
    errors: ["NOT_FOUND"],
  }),
  add: endpoint({
    id: "boosts.add",
    method: "POST",
    path: "/v1/customers/{customer_id}/boosts",
    summary: "Raise a customer's limits, a quota or its spend cap for a time",
    description:
      "It comes on top of whatever limit or quota is in force, and starts and ends by itself. What is unlimited, or has no quota, stays so.",
    ...staff,
    permission: "customers:write",
    status: 201,
    params: CustomerId,
    body: BoostInput,
    response: Boost,
    errors: ["NOT_FOUND"],
    example: {
      limits: { per_minute: 100 },
      ends_at: "2099-01-31T12:00:00Z",
      reason: "Product launch",
    },
  }),
  end: endpoint({
    id: "boosts.end",
    method: "DELETE",
    path: "/v1/customers/{customer_id}/boosts/{boost_id}",
    summary: "End a boost now",
    description: "One that has not begun never does.",
    ...staff,
    permission: "customers:write",
    params: CustomerId.extend({ boost_id: idOf("bst") }),
    response: Boost,
    errors: ["NOT_FOUND"],
  }),
};
