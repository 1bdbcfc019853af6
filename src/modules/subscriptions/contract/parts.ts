import * as z from "zod";
import { providerNames } from "@/modules/payments/contract/parts";
import { idOf } from "@/shared/ids";
import { Money } from "@/shared/fields";

export const subscriptionStatuses = [
  "incomplete",
  "trialing",
  "active",
  "past_due",
  "paused",
  "unpaid",
  "canceled",
  "incomplete_expired",
] as const;

/** What a subscription's payment stands at; whether it gives access is a field of its own. */
export const SubscriptionStatus = z.enum(subscriptionStatuses);
export type SubscriptionStatus = z.output<typeof SubscriptionStatus>;

export const Interval = z.enum(["month", "year"]);

export const changeKinds = [
  "create",
  "activate",
  "change",
  "cancel",
  "resume",
  "pause",
  "unpause",
  "extend_trial",
  "trial_end",
  "renew",
  "past_due",
  "access_end",
  "dunning",
  "unpaid",
  "expire",
  "roll_back",
  "late_usage",
  "provider",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

const at = z.iso.datetime();

/** What is bought: a version of a plan, how many of it, and for how long a period. */
export const Terms = z.object({
  plan_version_id: idOf("plv"),
  plan_name: z.string(),
  interval: Interval,
  quantity: z.number().int(),
  amount: Money.meta({ description: "of a period, before discount and tax" }),
});
export type Terms = z.output<typeof Terms>;

/** Money as it will be, or was, billed. */
export const Quote = z
  .object({
    lines: z.array(
      z.object({
        kind: z.string(),
        description: z.string(),
        quantity: z.string(),
        amount: Money,
        discount: Money,
      }),
    ),
    subtotal: Money.meta({ description: "after discounts, before tax" }),
    discount: Money,
    tax: Money,
    total: Money.meta({
      description: "below nothing: it becomes the customer's credit",
    }),
    credit_applied: Money,
    due: Money,
  })
  .meta({ id: "SubscriptionQuote" });
export type Quote = z.output<typeof Quote>;

/** What was changed about a subscription, or is going to be. */
export const SubscriptionChange = z
  .object({
    id: idOf("sch"),
    kind: z.enum(changeKinds),
    status: z.enum(["scheduled", "applied", "canceled", "failed"]),
    effective_at: at,
    before: Terms.nullable(),
    after: Terms.nullable(),
    money: Quote.nullable().meta({ description: "what was billed with it" }),
    invoice_id: idOf("ivc").nullable(),
    reason: z.string().nullable(),
    created_at: at,
    closed_at: at.nullable(),
  })
  .meta({ id: "SubscriptionChange" });
export type SubscriptionChange = z.output<typeof SubscriptionChange>;

const words = {
  unit: "of one, for an interval, as it was when it was agreed",
  access: "whether calls pass; a past due one has it for its grace days",
  until: "until when the coupon counts; null: for good",
  billed: "true: the provider bills it, and this app follows",
  due: "until when what was billed must be paid",
  grace: "when access ends unless what is due is paid",
  periods: "how many periods were billed before the current one",
};

/** A customer's right to a plan, and how it is paid. */
export const Subscription = z
  .object({
    id: idOf("sub"),
    customer_id: idOf("cus"),
    customer_name: z.string(),
    plan: z.object({ id: idOf("pln"), code: z.string(), name: z.string() }),
    plan_version_id: idOf("plv"),
    plan_version: z.number().int(),
    status: SubscriptionStatus,
    has_access: z.boolean().meta({ description: words.access }),
    quantity: z.number().int(),
    interval: Interval,
    unit_amount: Money.meta({ description: words.unit }),
    amount: Money.meta({
      description: "of a period, before discount and tax",
    }),
    provider: z.enum(providerNames),
    is_billed_by_provider: z.boolean().meta({ description: words.billed }),
    coupon_id: idOf("cpn").nullable(),
    coupon_until: at.nullable().meta({ description: words.until }),
    time_zone: z.string(),
    anchor_at: at,
    period_number: z.number().int().meta({ description: words.periods }),
    current_period_start: at,
    current_period_end: at,
    trial_end: at.nullable(),
    cancel_at: at.nullable(),
    cancel_reason: z.string().nullable(),
    cancel_comment: z.string().nullable(),
    canceled_at: at.nullable(),
    ended_at: at.nullable(),
    paused_at: at.nullable(),
    resumes_at: at.nullable(),
    payment_due_at: at.nullable().meta({ description: words.due }),
    past_due_at: at.nullable(),
    grace_until: at.nullable().meta({ description: words.grace }),
    scheduled_change: SubscriptionChange.nullable().meta({
      description: "what it changes to when the period ends",
    }),
    metadata: z.record(z.string(), z.unknown()),
    created_at: at,
    updated_at: at,
  })
  .meta({ id: "Subscription" });
export type Subscription = z.output<typeof Subscription>;

/** What a verb would do, with the money to the last minor unit; nothing is written. */
export const Preview = z
  .object({
    at: at.meta({
      description: "the instant it was computed for: send it as `at` to get it",
    }),
    effective_at: at,
    status: SubscriptionStatus.meta({ description: "what it becomes" }),
    before: Terms.nullable(),
    after: Terms.nullable(),
    now: Quote.nullable().meta({
      description: "what is billed at once; null: nothing",
    }),
    next: z.object({ at, amount: Money }).nullable().meta({
      description:
        "the next regular bill, before tax; use beyond what is included comes on top",
    }),
  })
  .meta({ id: "SubscriptionPreview" });
export type Preview = z.output<typeof Preview>;
