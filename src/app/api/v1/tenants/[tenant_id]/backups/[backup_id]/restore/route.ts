import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const POST = route(tenantsApi.restore, (ctx, { params }) =>
  tenants.restoreTenant(ctx, params.tenant_id, params.backup_id),
);
