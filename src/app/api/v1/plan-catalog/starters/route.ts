import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { planStartersApi } from "@/modules/plans/contract/starters";

export const POST = route(planStartersApi.add, (ctx, { body }) =>
  plans.addStarterPlans(ctx, body),
);
