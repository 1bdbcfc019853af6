import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const POST = route(tenantsApi.backup, (ctx, { params }) =>
  tenants.backUpTenant(ctx, params.tenant_id),
);
