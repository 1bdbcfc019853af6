import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import { CancelInput, SubscribeInput } from "./inputs";
import { Preview, Subscription } from "./parts";

const own = { audience: ["customer"] } as const;
const sample = { plan_version_id: "plv_01jd0000000000000000000000" };

/** What a customer's people do with their own. */
export const ownSubscriptionsApi = {
  list: endpoint({
    id: "ownSubscriptions.list",
    method: "GET",
    path: "/v1/billing/subscriptions",
    summary: "List one's own subscriptions, newest first",
    ...own,
    permission: "billing:read",
    query: z.strictObject(pageFields),
    response: pageOf(Subscription),
  }),
  subscribe: endpoint({
    id: "ownSubscriptions.subscribe",
    capability: "plan",
    method: "POST",
    path: "/v1/billing/subscribe",
    summary: "Subscribe to a plan",
    description:
      "The price is the plan's. Access begins with a trial, or when the first invoice is paid.",
    ...own,
    permission: "billing:write",
    status: 201,
    body: SubscribeInput,
    response: Subscription,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: sample,
  }),
  preview: endpoint({
    id: "ownSubscriptions.preview",
    method: "POST",
    path: "/v1/billing/subscribe/preview",
    summary: "See what subscribing would cost; nothing is written",
    ...own,
    permission: "billing:read",
    body: SubscribeInput,
    response: Preview,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: sample,
  }),
  cancel: endpoint({
    id: "ownSubscriptions.cancel",
    capability: "cancel",
    method: "PUT",
    path: "/v1/billing/subscriptions/{subscription_id}/cancel",
    summary: "Cancel a subscription of one's own",
    ...own,
    permission: "billing:write",
    params: z.object({ subscription_id: idOf("sub") }),
    body: CancelInput,
    response: Subscription,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { when: "period_end", reason: "unused" },
  }),
};
