import { route } from "@/http/route";
import { listSubscriptionChanges } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const GET = route(subscriptionsApi.changes, (ctx, { params, query }) =>
  listSubscriptionChanges(ctx, params.subscription_id, query),
);
