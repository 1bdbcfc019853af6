import { route } from "@/http/route";
import * as tenants from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(tenantsApi.jobs, (ctx, { params, query }) =>
  tenants.listJobs(ctx, params.tenant_id, query),
);
