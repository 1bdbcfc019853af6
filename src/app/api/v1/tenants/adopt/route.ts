import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const POST = route(tenantsApi.adopt, (ctx, { body }) =>
  tenants.adoptTenant(ctx, body),
);
