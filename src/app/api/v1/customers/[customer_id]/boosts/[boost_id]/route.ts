import { route } from "@/http/route";
import * as limits from "@/modules/limits";
import { boostsApi } from "@/modules/limits/contract/boosts";

export const DELETE = route(boostsApi.end, (ctx, { params }) =>
  limits.stopBoost(ctx, params.customer_id, params.boost_id),
);
