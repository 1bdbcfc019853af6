import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { customersApi } from "@/modules/customers/contract";
import * as usage from "@/modules/usage";
import { usageApi } from "@/modules/usage/contract";

export const GET = route(usageApi.customer, (ctx, { params, query }) =>
  usage.summarizeUsage(ctx, params.customer_id, query),
);
export const PUT = route(customersApi.recordReading, (ctx, { params, body }) =>
  customers.recordReading(ctx, params.customer_id, body),
);
