import { route } from "@/http/route";
import * as audit from "@/modules/audit";
import { auditApi } from "@/modules/audit/contract";
import { getVisibleCustomer } from "@/modules/customers";

export const GET = route(auditApi.customer, async (ctx, { params, query }) => {
  await getVisibleCustomer(ctx, params.customer_id);
  return audit.listCustomerEntries(ctx, params.customer_id, query);
});
