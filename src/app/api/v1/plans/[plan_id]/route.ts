import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { plansApi } from "@/modules/plans/contract";

export const GET = route(plansApi.get, (ctx, { params }) =>
  plans.getPlan(ctx, params.plan_id),
);
export const PATCH = route(plansApi.update, (ctx, { params, body }) =>
  plans.changePlan(ctx, params.plan_id, body),
);
export const DELETE = route(plansApi.archive, (ctx, { params }) =>
  plans.archivePlan(ctx, params.plan_id),
);
