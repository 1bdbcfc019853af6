import { route } from "@/http/route";
import { pauseSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.pause, (ctx, { params, body }) =>
  pauseSubscription(ctx, params.subscription_id, body),
);
