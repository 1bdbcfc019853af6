import { route } from "@/http/route";
import { cancelSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.cancel, (ctx, { params, body }) =>
  cancelSubscription(ctx, params.subscription_id, body),
);
