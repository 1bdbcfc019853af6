import { route } from "@/http/route";
import { listCustomerSubscriptions } from "@/modules/subscriptions";
import { subscriptionsApi } from "@/modules/subscriptions/contract";

export const GET = route(
  subscriptionsApi.listOfCustomer,
  (ctx, { params, query }) =>
    listCustomerSubscriptions(ctx, params.customer_id, query),
);
