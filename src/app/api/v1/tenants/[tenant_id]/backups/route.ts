import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.backups, (ctx, { params, query }) =>
  tenants.listBackups(ctx, params.tenant_id, query),
);
