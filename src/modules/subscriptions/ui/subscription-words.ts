import { formatMoney } from "@/shared/money";
import type { Subscription, SubscriptionChange, Terms } from "../contract";

export const intervalNames = { month: "a month", year: "a year" } as const;

/** "$29.00 a month", "3 × $29.00 a month". */
export function priceWords({
  quantity,
  unit_amount,
  interval,
}: Pick<Subscription, "quantity" | "unit_amount" | "interval">): string {
  const one = `${formatMoney(unit_amount)} ${intervalNames[interval]}`;
  return quantity === 1 ? one : `${quantity} × ${one}`;
}

/** "Pro, $29.00 a month". */
export function termsWords({
  plan_name,
  quantity,
  amount,
  interval,
}: Terms): string {
  const name = quantity === 1 ? plan_name : `${plan_name} × ${quantity}`;
  return `${name}, ${formatMoney(amount)} ${intervalNames[interval]}`;
}

/** What a line of the timeline is about. */
export const changeWords: Record<SubscriptionChange["kind"], string> = {
  create: "Opened",
  activate: "Paid, and active",
  change: "Plan changed",
  cancel: "Canceled",
  resume: "Goes on",
  pause: "Paused",
  unpause: "Unpaused",
  extend_trial: "Trial extended",
  trial_end: "Trial ended",
  renew: "Renewed",
  past_due: "Past due",
  access_end: "Access ended",
  dunning: "Reminded",
  unpaid: "Unpaid",
  expire: "Expired",
  roll_back: "Change taken back",
  late_usage: "Late use billed",
  provider: "Changed at the provider",
};

export const reasonWords = {
  too_expensive: "Too expensive",
  missing_features: "Something is missing",
  switched_service: "Switched to another service",
  unused: "Not used",
  customer_service: "Support",
  too_complex: "Too complex",
  not_paid: "Not paid",
  other: "Another reason",
} as const;

/** Whether nothing can happen to it any more. */
export const isOver = ({ status }: Pick<Subscription, "status">): boolean =>
  status === "canceled" || status === "incomplete_expired";
