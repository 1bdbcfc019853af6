import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.list, (ctx, { query }) =>
  tenants.listTenants(ctx, query),
);
export const POST = route(tenantsApi.create, (ctx, { body }) =>
  tenants.createTenant(ctx, body),
);
