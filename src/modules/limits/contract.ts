import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { Limits, LimitsInput } from "@/shared/limits";

export { Limits, LimitsInput, Window } from "@/shared/limits";

/** Calls in each window now. */
export const WindowUsage = z
  .object({
    second: z.number().int(),
    minute: z.number().int(),
    hour: z.number().int(),
    day: z.number().int(),
    month: z.number().int(),
  })
  .meta({ id: "WindowUsage" });
export type WindowUsage = z.output<typeof WindowUsage>;

/** Whose limits, quota or feature is in force for a customer: the first of these that has one. */
export const Source = z.enum(["customer", "plan", "default"]).meta({
  description: "whose it is: the customer's own, its plan's, or the default",
});
export type Source = z.output<typeof Source>;

export const CustomerLimits = z
  .object({
    limits: Limits.meta({ description: "in force now, with boosts" }),
    base: Limits.meta({ description: "the same without boosts" }),
    source: Source,
    plan: z.string().nullable().meta({ description: "the plan's name" }),
    usage: WindowUsage,
  })
  .meta({ id: "CustomerLimits" });
export type CustomerLimits = z.output<typeof CustomerLimits>;

export const limitsApi = {
  get: endpoint({
    id: "limits.get",
    method: "GET",
    path: "/v1/customers/{customer_id}/limits",
    summary: "Get a customer's rate limits and what is used of them now",
    audience: ["staff", "service"],
    permission: "customers:read",
    params: CustomerId,
    response: CustomerLimits,
    errors: ["NOT_FOUND"],
  }),
  set: endpoint({
    id: "limits.set",
    method: "PUT",
    path: "/v1/customers/{customer_id}/limits",
    summary: "Set a customer's rate limits",
    description:
      "Windows that are left out are unlimited. An empty object goes back to the plan's limits, or the defaults.",
    audience: ["staff", "service"],
    permission: "customers:write",
    params: CustomerId,
    body: LimitsInput,
    response: CustomerLimits,
    errors: ["NOT_FOUND"],
    example: { per_second: 10, per_minute: 100, per_month: 100000 },
  }),
  getDefault: endpoint({
    id: "limits.getDefault",
    method: "GET",
    path: "/v1/limits/default",
    summary: "Get the rate limits of customers that have no others",
    audience: ["staff", "service"],
    permission: "plans:read",
    response: Limits,
  }),
  setDefault: endpoint({
    id: "limits.setDefault",
    method: "PUT",
    path: "/v1/limits/default",
    summary: "Set the rate limits of customers that have no others",
    description: "All five windows must be given: null for unlimited.",
    audience: ["staff", "service"],
    permission: "plans:write",
    body: Limits,
    response: Limits,
    example: {
      per_second: 10,
      per_minute: 100,
      per_hour: 1_000,
      per_day: 10_000,
      per_month: 100_000,
    },
  }),
};
