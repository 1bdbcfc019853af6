import { route } from "@/http/route";
import { listSubscriptions } from "@/modules/subscriptions";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";

export const GET = route(ownSubscriptionsApi.list, (ctx, { query }) =>
  listSubscriptions(ctx, query),
);
