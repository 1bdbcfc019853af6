import { route } from "@/http/route";
import { subscribe } from "@/modules/subscriptions";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";

export const POST = route(ownSubscriptionsApi.subscribe, (ctx, { body }) =>
  subscribe(ctx, body),
);
