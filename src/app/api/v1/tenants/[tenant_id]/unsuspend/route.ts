import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const POST = route(tenantsApi.unsuspend, (ctx, { params }) =>
  tenants.unsuspendTenant(ctx, params.tenant_id),
);
