import { route } from "@/http/route";
import { changeSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.change, (ctx, { params, body }) =>
  changeSubscription(ctx, params.subscription_id, body),
);
