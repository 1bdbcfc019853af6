import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.logs, (ctx, { params, query }) =>
  tenants.listLogs(ctx, params.tenant_id, query),
);
