import { route } from "@/http/route";
import { getSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const GET = route(subscriptionsApi.get, (ctx, { params }) =>
  getSubscription(ctx, params.subscription_id),
);
