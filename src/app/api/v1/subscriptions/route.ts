import { route } from "@/http/route";
import { listSubscriptions, openSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const GET = route(subscriptionsApi.list, (ctx, { query }) =>
  listSubscriptions(ctx, query),
);
export const POST = route(subscriptionsApi.open, (ctx, { body }) =>
  openSubscription(ctx, body),
);
