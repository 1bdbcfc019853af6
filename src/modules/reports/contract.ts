import * as z from "zod";
import { CustomerStats } from "@/modules/customers/contract";
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
      calls: whole.meta({ description: "in the last 30 days" }),
      calls_before: whole.meta({ description: "in the 30 days before those" }),
      errors: whole,
      refused: whole,
      daily: z.array(DailyTotals),
    }),
    attention: z.array(
      z.object({
        kind: z.enum([
          "invoices_overdue",
          "alerts_unread",
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
