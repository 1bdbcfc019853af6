import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { customersApi } from "@/modules/customers/contract";

export const GET = route(customersApi.stats, (ctx) =>
  customers.customerStats(ctx),
);
