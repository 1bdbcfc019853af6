import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { plansApi } from "@/modules/plans/contract";

export const GET = route(plansApi.list, (ctx, { query }) =>
  plans.listPlans(ctx, query),
);
