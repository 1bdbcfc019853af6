import { drainCustomer } from "@/http/drain";
import { route } from "@/http/route";
import { advanceClock } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const POST = route(
  subscriptionsApi.advanceClock,
  (ctx, { params, body }) =>
    advanceClock(ctx, params.customer_id, new Date(body.to), drainCustomer),
);
