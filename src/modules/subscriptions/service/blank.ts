import { newId } from "@/shared/ids";
import type { Sub } from "../subscription";

/** A subscription of which only the terms are missing. */
export function blank(
  now: Date,
): Omit<
  Sub,
  | "customerId"
  | "planVersionId"
  | "quantity"
  | "currency"
  | "interval"
  | "unitMinor"
  | "anchorAt"
  | "timeZone"
  | "periodStart"
  | "periodEnd"
> {
  return {
    id: newId("sub"),
    status: "active",
    hasAccess: true,
    provider: "manual",
    ...{ providerSubscriptionId: null, couponId: null, couponUntil: null },
    ...{ periodNumber: 0, trialEnd: null, dunningStep: 0, toldOf: null },
    ...{ cancelAt: null, cancelReason: null, cancelComment: null },
    ...{ canceledAt: null, endedAt: null, lateUntil: null },
    ...{ pausedAt: null, resumesAt: null },
    ...{ paymentDueAt: null, pastDueAt: null, graceUntil: null },
    ...{ metadata: {}, createdAt: now, updatedAt: now },
  };
}
