import { soundParams, type SearchParams } from "@/client/sound-params";
import { SubscriptionQuery } from "../contract";

const rowsPerPage = 50;

/** The subscriptions that an address asks for; what makes no sense in it counts as not given. */
export function toSubscriptionQuery(params: SearchParams): SubscriptionQuery {
  const { page, per_page, status, plan_id, customer_id } =
    SubscriptionQuery.shape;
  const fields = { page, per_page, status, plan_id, customer_id };
  return SubscriptionQuery.parse({
    per_page: rowsPerPage,
    ...soundParams(fields, params),
  });
}
