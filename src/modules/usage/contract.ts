import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { Limits, WindowUsage } from "@/modules/limits/contract";
import { endpoint } from "@/shared/endpoint";
import { count, DecimalText, Instant, Metadata, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { QuotaUse, SpendCapUse, UsageProjection } from "./contract/quotas";
import {
  order,
  ordered,
  period,
  TrendQuery,
  UsageQuery,
  UsageTrends,
} from "./contract/trends";

export { TrendQuery, UsageQuery, UsageTrends } from "./contract/trends";

const most = 1_000_000_000_000;
/** One call of a customer, as the seller's program reports it. */
export const UsageEvent = z
  .strictObject({
    id: text(200).meta({
      description: "yours: the same id of the same customer counts once, ever",
    }),
    customer_id: idOf("cus").optional(),
    key: z.string().min(1).max(200).optional(),
    occurred_at: Instant.optional().meta({
      description: "now unless given; 35 days back to 5 minutes ahead",
    }),
    meter: text(64).optional().meta({ description: "calls unless given" }),
    provider: text(64).optional(),
    model: text(128).optional(),
    endpoint: text(200).optional().meta({
      description: "the route's pattern, such as /v1/pages/{id}",
    }),
    method: text(16).optional(),
    status_code: count(100, 599).optional(),
    duration_ms: count(0, 86_400_000).optional(),
    tokens_input: count(0, most).optional(),
    tokens_output: count(0, most).optional(),
    tokens_cached: count(0, most).optional(),
    tokens_reasoning: count(0, most).optional(),
    quantity: z.number().min(0).max(1_000_000_000_000).optional(),
    cost: DecimalText.optional(),
    properties: Metadata.optional(),
  })
  .refine(
    (event) => (event.key === undefined) !== (event.customer_id === undefined),
    { path: ["key"], error: "give either key or customer_id, and not both" },
  )
  .meta({ id: "UsageEvent" });
export type UsageEvent = z.output<typeof UsageEvent>;

export const IngestResult = z
  .object({
    accepted: z.number().int(),
    duplicates: z.number().int(),
    rejected: z.number().int(),
    items: z.array(
      z.object({
        id: z.string().nullable(),
        status: z.enum(["accepted", "duplicate", "conflict", "rejected"]),
        code: z.string().optional(),
        error: z.string().optional(),
        cost: z.string().optional().meta({
          description: "of an accepted event, decimal text in USD",
        }),
        unpriced: z.boolean().optional().meta({
          description: "the price book has no price for its provider and model",
        }),
      }),
    ),
  })
  .meta({ id: "IngestResult" });
export type IngestResult = z.output<typeof IngestResult>;

const whole = z.number().int();
const totals = {
  calls: whole,
  errors: whole,
  refused: whole,
  tokens: whole,
  cost: z.string(),
  unpriced: whole,
};
const Breakdown = z.object({
  name: z.string().meta({ description: "empty when events did not say" }),
  ...totals,
});

const DailyUsage = z.object({
  date: z.iso.date(),
  ...totals,
  avg_response_time_ms: z.number().nullable(),
  p95_response_time_ms: z.number().nullable(),
});

/** A customer's usage in a period, read from rollups. */
export const UsageSummary = z
  .object({
    period: z.object({ start: z.iso.datetime(), end: z.iso.datetime() }),
    lifetime_calls: whole.meta({
      description: "calls since the customer was made, whatever the period",
    }),
    total_calls: whole,
    total_errors: whole,
    total_refused: whole,
    total_tokens: whole,
    total_cost: z.string(),
    total_unpriced: whole.meta({
      description: "calls of a provider for which nobody has entered a price",
    }),
    avg_response_time_ms: z.number().nullable(),
    p95_response_time_ms: z.number().nullable(),
    current: WindowUsage,
    limits: Limits,
    quotas: z.array(QuotaUse),
    spend_cap: SpendCapUse.nullable(),
    projection: UsageProjection,
    by_provider: z.array(Breakdown),
    by_model: z.array(Breakdown),
    by_endpoint: z.array(Breakdown),
    by_key: z.array(Breakdown),
    daily: z.array(DailyUsage),
  })
  .meta({ id: "UsageSummary" });
export type UsageSummary = z.output<typeof UsageSummary>;

const many = z.array(z.unknown()).min(1).max(1_000);

export const usageApi = {
  ingest: endpoint({
    id: "usage.ingest",
    method: "POST",
    path: "/v1/usage/events",
    summary: "Report usage: one event, or up to 1,000",
    description:
      "Each event counts once however often it is sent. In a batch, events that cannot be taken are named in items and the rest are booked; a single one that is wrong is a 400.",
    audience: ["staff", "service"],
    permission: "usage:write",
    limit: "hot",
    bodyLimit: 5_000_000,
    body: z.union([UsageEvent, many]).meta({
      override: {
        oneOf: [
          { $ref: "#/components/schemas/UsageEvent" },
          {
            type: "array",
            items: { $ref: "#/components/schemas/UsageEvent" },
            minItems: 1,
            maxItems: 1000,
          },
        ],
      },
    }),
    response: IngestResult,
    errors: ["UNAVAILABLE"],
    example: {
      id: "call-8c1f",
      customer_id: "cus_01jd0000000000000000000000",
      endpoint: "/categorize",
      status_code: 200,
      duration_ms: 180,
    },
  }),
  customer: endpoint({
    id: "usage.customer",
    method: "GET",
    path: "/v1/customers/{customer_id}/usage",
    summary: "Summarize a customer's usage",
    audience: ["staff", "service"],
    permission: "usage:read",
    params: CustomerId,
    query: UsageQuery,
    response: UsageSummary,
    errors: ["NOT_FOUND"],
  }),
  customerTrends: endpoint({
    id: "usage.customerTrends",
    method: "GET",
    path: "/v1/customers/{customer_id}/usage/trends",
    summary: "Chart a customer's usage over time",
    audience: ["staff", "service"],
    permission: "usage:read",
    params: CustomerId,
    query: TrendQuery,
    response: UsageTrends,
    errors: ["NOT_FOUND"],
  }),
  own: endpoint({
    id: "usage.own",
    method: "GET",
    path: "/v1/usage",
    summary: "Summarize the caller's own usage; staff name a customer",
    audience: ["staff", "service", "customer"],
    permission: "usage:read",
    query: z
      .strictObject({ ...period, customer_id: idOf("cus").optional() })
      .refine(ordered, order),
    response: UsageSummary,
    errors: ["NOT_FOUND"],
  }),
  trends: endpoint({
    id: "usage.trends",
    method: "GET",
    path: "/v1/usage/trends",
    summary:
      "Chart usage over time: the caller's own, a customer's, or everyone's",
    description:
      "Everyone's by key leave calls without a key to the rest; figures are exact, and so is the rest.",
    audience: ["staff", "service", "customer"],
    permission: "usage:read",
    query: TrendQuery.safeExtend({ customer_id: idOf("cus").optional() }),
    response: UsageTrends,
    errors: ["NOT_FOUND"],
  }),
};
