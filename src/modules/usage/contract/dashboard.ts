import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";

const whole = z.number().int();
const Dashboard = z.object({
  current_usage: z.object({
    billing_period: z.string().meta({ description: "the month it began in" }),
    total_calls: whole,
    total_tokens: whole,
    total_cost: z.string(),
    usage_status: z.enum(["active", "warning", "limit_reached"]),
    usage_percentages: z.record(z.string(), z.number()).meta({
      description: "by meter; cost is that of the spend cap",
    }),
    provider_breakdown: z.record(
      z.string(),
      z.object({ calls: whole, cost: z.string(), tokens: whole }),
    ),
  }),
  limits: z.object({
    plan_name: z.string().nullable(),
    limits: z
      .record(z.string(), z.union([z.number(), z.string()]).nullable())
      .meta({ description: "by meter; monthly_cost is the spend cap" }),
  }),
  projections: z.object({
    projected_monthly_cost: z.string().nullable(),
    projected_usage_percentage: z.number().nullable(),
  }),
  summary: z.object({
    total_api_calls_this_month: whole,
    total_cost_this_month: z.string(),
    usage_status: z.enum(["active", "warning", "limit_reached"]),
    unread_alerts: whole,
  }),
});

/** A customer's billing period at a glance, read from rollups. Money is decimal text in USD. */
export const UsageDashboard = Dashboard.meta({ id: "UsageDashboard" });
export type UsageDashboard = z.output<typeof UsageDashboard>;

const readers = {
  audience: ["staff", "service"],
  permission: "usage:read",
  params: CustomerId,
  errors: ["NOT_FOUND"],
} as const;

export const dashboardApi = {
  get: endpoint({
    id: "usage.dashboard",
    method: "GET",
    path: "/v1/customers/{customer_id}/dashboard",
    summary: "See a customer's billing period at a glance",
    ...readers,
    response: UsageDashboard,
  }),
  wrapped: endpoint({
    id: "usage.wrappedDashboard",
    method: "GET",
    path: "/v1/customers/{customer_id}/dashboard/data",
    summary: "See the same under data, as /api/subscription/dashboard tells it",
    description:
      "Money is decimal text in USD, such as 15.75: a number would lose digits.",
    ...readers,
    response: z.object({ success: z.literal(true), data: UsageDashboard }),
  }),
};
