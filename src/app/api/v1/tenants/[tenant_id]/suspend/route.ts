import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const POST = route(tenantsApi.suspend, (ctx, { params, body }) =>
  tenants.suspendTenant(ctx, params.tenant_id, body),
);
