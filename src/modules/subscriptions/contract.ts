import * as z from "zod";

/** What a subscription's payment stands at; whether it gives access is a field of its own. */
export const SubscriptionStatus = z.enum([
  "incomplete",
  "trialing",
  "active",
  "past_due",
  "paused",
  "unpaid",
  "canceled",
  "incomplete_expired",
]);
export type SubscriptionStatus = z.output<typeof SubscriptionStatus>;
