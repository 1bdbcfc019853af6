import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { plansApi } from "@/modules/plans/contract";

export const GET = route(plansApi.listPublic, (ctx) =>
  plans.listPublicPlans(ctx),
);
export const POST = route(plansApi.create, (ctx, { body }) =>
  plans.createPlan(ctx, body),
);
