import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.checkSubdomain, (ctx, { query }) =>
  tenants.checkSubdomain(ctx, query.subdomain),
);
