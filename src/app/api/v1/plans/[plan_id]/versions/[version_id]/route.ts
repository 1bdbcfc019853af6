import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { planVersionsApi } from "@/modules/plans/contract/versions";

export const GET = route(planVersionsApi.get, (ctx, { params }) =>
  plans.getVersion(ctx, params.plan_id, params.version_id),
);
export const PUT = route(planVersionsApi.setTerms, (ctx, { params, body }) =>
  plans.setTerms(ctx, params.plan_id, params.version_id, body),
);
export const DELETE = route(planVersionsApi.discard, (ctx, { params }) =>
  plans.discardDraft(ctx, params.plan_id, params.version_id),
);
