import { drainCustomer } from "@/http/drain";
import { route } from "@/http/route";
import { advanceClockOf } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(
  subscriptionsApi.advanceClockOf,
  (ctx, { params, body }) =>
    advanceClockOf(
      ctx,
      params.subscription_id,
      new Date(body.to),
      drainCustomer,
    ),
);
