import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.modules, (ctx, { params }) =>
  tenants.listModules(ctx, params.tenant_id),
);
export const POST = route(tenantsApi.installModule, (ctx, { params, body }) =>
  tenants.installModule(ctx, params.tenant_id, body.name),
);
