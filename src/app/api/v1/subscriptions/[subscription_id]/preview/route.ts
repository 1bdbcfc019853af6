import { route } from "@/http/route";
import { previewChange } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.preview, (ctx, { params, body }) =>
  previewChange(ctx, params.subscription_id, body),
);
