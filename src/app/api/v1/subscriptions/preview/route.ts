import { route } from "@/http/route";
import { previewOpening } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.previewOpen, (ctx, { body }) =>
  previewOpening(ctx, body),
);
