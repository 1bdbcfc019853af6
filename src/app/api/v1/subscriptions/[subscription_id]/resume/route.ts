import { route } from "@/http/route";
import { resumeSubscription } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(subscriptionsApi.resume, (ctx, { params }) =>
  resumeSubscription(ctx, params.subscription_id),
);
