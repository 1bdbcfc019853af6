import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { planVersionsApi } from "@/modules/plans/contract/versions";

export const GET = route(planVersionsApi.list, (ctx, { params, query }) =>
  plans.listVersions(ctx, params.plan_id, query),
);
export const POST = route(planVersionsApi.draft, (ctx, { params }) =>
  plans.draftVersion(ctx, params.plan_id),
);
