import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { planVersionsApi } from "@/modules/plans/contract/versions";

export const POST = route(planVersionsApi.publish, (ctx, { params }) =>
  plans.publishVersion(ctx, params.plan_id, params.version_id),
);
