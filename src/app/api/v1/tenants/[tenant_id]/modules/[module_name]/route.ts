import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const DELETE = route(tenantsApi.uninstallModule, (ctx, { params }) =>
  tenants.uninstallModule(ctx, params.tenant_id, params.module_name),
);
