import { endpoint } from "@/shared/endpoint";
import { UsageQuery, UsageSummary } from "../contract";

export const usageOfBillingApi = {
  own: endpoint({
    id: "billing.usage",
    method: "GET",
    path: "/v1/billing/usage",
    summary: "Summarize the usage that one's bill is made of",
    audience: ["customer"],
    permission: "usage:read",
    query: UsageQuery,
    response: UsageSummary,
    errors: ["NOT_FOUND"],
  }),
};
