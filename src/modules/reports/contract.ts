import * as z from "zod";
import { Customer, CustomerStats } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";

const whole = z.number().int();

const DailyTotals = z.object({
  date: z.iso.date(),
  calls: whole,
  errors: whole,
  refused: whole,
  tokens: whole,
  cost: z.string(),
  avg_response_time_ms: z.number().nullable(),
  p95_response_time_ms: z.number().nullable(),
});

/** What the dashboard shows first. */
export const Overview = z
  .object({
    customers: CustomerStats,
    usage: z.object({
      lifetime_calls: whole.meta({ description: "all there ever were" }),
      calls: whole.meta({ description: "in the last 30 days" }),
      calls_before: whole.meta({ description: "in the 30 days before those" }),
      errors: whole,
      refused: whole,
      daily: z.array(DailyTotals),
    }),
    recent_customers: z
      .array(
        Customer.pick({
          id: true,
          name: true,
          status: true,
          expires_at: true,
          joined_at: true,
        }).meta({ id: "RecentCustomer" }),
      )
      .meta({ description: "the latest five, archived ones too" }),
    attention: z.array(
      z.object({
        kind: z.enum([
          "invoices_overdue",
          "alerts_unread",
          "customers_expired",
          "customers_expiring",
          "customers_suspended",
          "keys_expiring",
        ]),
        count: whole,
        message: z.string(),
        href: z.string(),
      }),
    ),
  })
  .meta({ id: "Overview" });
export type Overview = z.output<typeof Overview>;

export const reportsApi = {
  overview: endpoint({
    id: "reports.overview",
    method: "GET",
    path: "/v1/reports/overview",
    summary: "Get the figures of the dashboard",
    audience: ["staff", "service"],
    permission: "reports:read",
    response: Overview,
  }),
};
