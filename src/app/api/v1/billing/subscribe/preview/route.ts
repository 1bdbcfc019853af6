import { route } from "@/http/route";
import { previewSubscribing } from "@/modules/subscriptions";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";

export const POST = route(ownSubscriptionsApi.preview, (ctx, { body }) =>
  previewSubscribing(ctx, body),
);
