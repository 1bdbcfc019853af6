import { route } from "@/http/route";
import { cancelScheduledChange } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const DELETE = route(subscriptionsApi.cancelChange, (ctx, { params }) =>
  cancelScheduledChange(ctx, params.subscription_id, params.change_id),
);
