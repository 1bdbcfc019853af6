import { route } from "@/http/route";
import * as plans from "@/modules/plans";
import { plansApi } from "@/modules/plans/contract";

export const GET = route(plansApi.listOwn, (ctx) => plans.listOwnPlans(ctx));
