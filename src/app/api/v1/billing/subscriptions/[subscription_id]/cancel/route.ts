import { route } from "@/http/route";
import { cancelSubscription } from "@/modules/subscriptions";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";

export const PUT = route(ownSubscriptionsApi.cancel, (ctx, { params, body }) =>
  cancelSubscription(ctx, params.subscription_id, body),
);
