import { route } from "@/http/route";
import { extendTrial } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(
  subscriptionsApi.extendTrial,
  (ctx, { params, body }) => extendTrial(ctx, params.subscription_id, body),
);
