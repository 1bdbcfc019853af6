import * as z from "zod";
import { providerNames } from "@/modules/payments/contract/parts";
import { count, Currency, Instant, Metadata, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields } from "@/shared/page";
import { Interval, SubscriptionStatus } from "./parts";

const quantity = count(1, 100_000);
const coupon = text(40);
const atShown = Instant.optional().meta({
  description: "the `at` of a preview of the last hour: the money is as shown",
});

const opened = {
  plan_version_id: idOf("plv"),
  interval: Interval.default("month"),
  quantity: quantity.default(1),
  coupon: coupon.optional().meta({ description: "its code" }),
};

export const SubscriptionInput = z
  .strictObject({
    customer_id: idOf("cus"),
    ...opened,
    currency: Currency.optional().meta({
      description: "the customer's unless said",
    }),
    provider: z.enum(providerNames).default("manual").meta({
      description:
        "manual: invoices are sent, and paid by their due date. Else the customer's default method is charged",
    }),
    trial_days: count(0, 730).optional().meta({
      description: "the plan's unless said",
    }),
    starts_at: Instant.optional().meta({
      description: "now unless said; at most one period back",
    }),
    awaits_payment: z.boolean().optional().meta({
      description:
        "whether access waits for the first payment; not for manual ones unless said",
    }),
    metadata: Metadata.default({}),
  })
  .meta({ id: "SubscriptionInput" });
export type SubscriptionInput = z.output<typeof SubscriptionInput>;

export const SubscribeInput = z
  .strictObject({ ...opened, quantity: count(1, 1_000).default(1) })
  .meta({ id: "SubscribeInput" });
export type SubscribeInput = z.output<typeof SubscribeInput>;

const changed = {
  plan_version_id: idOf("plv").optional(),
  interval: Interval.optional(),
  quantity: quantity.optional(),
  when: z.enum(["now", "period_end"]).optional().meta({
    description:
      "unless said, what costs more begins now, what costs less at the period's end",
  }),
};
const isChange = (input: {
  plan_version_id?: unknown;
  interval?: unknown;
  quantity?: unknown;
}) =>
  input.plan_version_id !== undefined ||
  input.interval !== undefined ||
  input.quantity !== undefined;
const nothing = {
  path: ["plan_version_id"],
  error: "is needed, or interval or quantity: say what changes",
};

export const ChangeInput = z
  .strictObject({ ...changed, at: atShown })
  .refine(isChange, nothing)
  .meta({ id: "SubscriptionChangeInput" });
export type ChangeInput = z.output<typeof ChangeInput>;

export const cancelReasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "not_paid",
  "other",
] as const;

const canceled = {
  when: z.enum(["now", "period_end"]).default("period_end"),
  reason: z.enum(cancelReasons).default("other"),
  comment: text(1_000).optional(),
  credit_unused: z.boolean().default(false).meta({
    description:
      "of now: what was paid for the rest of the period becomes credit",
  }),
};
const onlyNow = {
  path: ["credit_unused"],
  error: "goes with when: now; at the period's end nothing is unused",
};

export const CancelInput = z
  .strictObject({ ...canceled, at: atShown })
  .refine((input) => input.when === "now" || !input.credit_unused, onlyNow)
  .meta({ id: "SubscriptionCancelInput" });
export type CancelInput = z.output<typeof CancelInput>;

export const PauseInput = z
  .strictObject({
    until: Instant.nullish().meta({
      description: "goes on by itself then; left out: until it is unpaused",
    }),
    reason: text(500).optional(),
  })
  .meta({ id: "SubscriptionPauseInput" });
export type PauseInput = z.output<typeof PauseInput>;

export const ExtendInput = z
  .strictObject({ until: Instant, reason: text(500).optional() })
  .meta({ id: "SubscriptionExtendInput" });
export type ExtendInput = z.output<typeof ExtendInput>;

export const PreviewInput = z
  .discriminatedUnion("act", [
    z
      .strictObject({ act: z.literal("change"), ...changed })
      .refine(isChange, nothing),
    z
      .strictObject({ act: z.literal("cancel"), ...canceled })
      .refine((input) => input.when === "now" || !input.credit_unused, onlyNow),
    z.strictObject({ act: z.literal("unpause") }),
  ])
  .meta({ id: "SubscriptionPreviewInput" });
export type PreviewInput = z.output<typeof PreviewInput>;

export const SubscriptionQuery = z
  .strictObject({
    ...pageFields,
    status: SubscriptionStatus.optional(),
    plan_id: idOf("pln").optional(),
    customer_id: idOf("cus").optional(),
  })
  .meta({ id: "SubscriptionQuery" });
export type SubscriptionQuery = z.output<typeof SubscriptionQuery>;

export const ClockInput = z
  .strictObject({ to: Instant })
  .meta({ id: "ClockInput" });
export type ClockInput = z.output<typeof ClockInput>;
