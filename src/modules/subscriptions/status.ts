import type { SubscriptionStatus } from "./contract";

/** What can happen to one. */
export const subscriptionEvents = [
  "payment_succeeded",
  "payment_failed",
  "trial_ended",
  "period_ended",
  "dunning_ended_unpaid",
  "dunning_ended_canceled",
  "payment_window_ended",
  "canceled",
  "paused",
  "unpaused",
] as const;
export type SubscriptionEvent = (typeof subscriptionEvents)[number];

type Moves = Partial<Record<SubscriptionEvent, SubscriptionStatus>>;

// The one table of transitions; what it does not have is refused. `payment_succeeded` is of what
// is due: paying an invoice while nothing is due changes nothing.
const table: Record<SubscriptionStatus, Moves> = {
  incomplete: {
    payment_succeeded: "active",
    payment_failed: "incomplete",
    payment_window_ended: "incomplete_expired",
    canceled: "canceled",
  },
  trialing: {
    trial_ended: "active",
    payment_succeeded: "trialing",
    payment_failed: "trialing",
    canceled: "canceled",
    paused: "paused",
  },
  active: {
    period_ended: "active",
    payment_succeeded: "active",
    payment_failed: "past_due",
    canceled: "canceled",
    paused: "paused",
  },
  past_due: {
    period_ended: "past_due",
    payment_succeeded: "active",
    payment_failed: "past_due",
    dunning_ended_unpaid: "unpaid",
    dunning_ended_canceled: "canceled",
    canceled: "canceled",
  },
  paused: {
    payment_succeeded: "paused",
    payment_failed: "paused",
    unpaused: "active",
    canceled: "canceled",
  },
  unpaid: {
    period_ended: "unpaid",
    payment_succeeded: "active",
    payment_failed: "unpaid",
    canceled: "canceled",
  },
  canceled: { payment_succeeded: "canceled", payment_failed: "canceled" },
  incomplete_expired: {
    payment_succeeded: "incomplete_expired",
    payment_failed: "incomplete_expired",
  },
};

/** The state that follows, or null where the event is refused in this state. */
export function nextStatus(
  status: SubscriptionStatus,
  event: SubscriptionEvent,
): SubscriptionStatus | null {
  return table[status][event] ?? null;
}

/** Whether nothing can happen to it any more. */
export function hasEnded(status: SubscriptionStatus): boolean {
  return status === "canceled" || status === "incomplete_expired";
}

/** Whether the customer may use what was bought; a past due one until its grace days are over. */
export function grantsAccess(
  status: SubscriptionStatus,
  graceUntil: Date | null,
  now: Date,
): boolean {
  switch (status) {
    case "trialing":
    case "active":
      return true;
    case "past_due":
      return graceUntil !== null && now < graceUntil;
    case "incomplete":
    case "paused":
    case "unpaid":
    case "canceled":
    case "incomplete_expired":
      return false;
    default:
      return status satisfies never;
  }
}
