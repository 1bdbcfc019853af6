import { route } from "@/http/route";
import { unpauseSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.unpause, (ctx, { params }) =>
  unpauseSubscription(ctx, params.subscription_id),
);
