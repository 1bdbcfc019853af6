import { route } from "@/http/route";
import { findLineage } from "@/modules/keys";
import * as limits from "@/modules/limits";
import { boostsApi } from "@/modules/limits/contract/boosts";

export const GET = route(boostsApi.list, (ctx, { params, query }) =>
  limits.listBoosts(ctx, params.customer_id, query),
);
export const POST = route(boostsApi.add, (ctx, { params, body }) =>
  limits.addBoost(ctx, params.customer_id, body, findLineage),
);
