import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.get, (ctx, { params }) =>
  tenants.getTenant(ctx, params.tenant_id),
);
export const PUT = route(tenantsApi.update, (ctx, { params, body }) =>
  tenants.changeTenant(ctx, params.tenant_id, body),
);
export const DELETE = route(tenantsApi.remove, (ctx, { params }) =>
  tenants.removeTenant(ctx, params.tenant_id),
);
