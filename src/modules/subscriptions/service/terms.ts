import type { Discount } from "@/modules/invoices/contract/totals";
import { getCoupon } from "@/modules/invoices";
import type { Coupon } from "@/modules/invoices/contract/coupons";
import { getPlanVersion, priceOf, type SoldVersion } from "@/modules/plans";
import type { Interval } from "@/modules/plans/contract/terms";
import type { Ctx } from "@/platform/context";
import { DomainError, notFound } from "@/shared/errors";
import { money } from "@/shared/money";
import type { Terms } from "../contract/parts";
import { periodAt } from "../period";
import { priceOfPeriod, type Sub } from "../subscription";

/** A version that can be bought: a published one of a plan that is sold; by customers, an offered one. */
export async function sellable(ctx: Ctx, id: string): Promise<SoldVersion> {
  const version = await getPlanVersion(ctx, id);
  const { plan } = version;
  const isOffered = plan.is_public && version.is_current && !plan.archived_at;
  // What is not offered to them they know nothing of.
  if (ctx.actor.kind === "customer" && !isOffered)
    throw notFound("version of a plan");
  if (version.status !== "published")
    throw new DomainError(
      "CONFLICT",
      `This version of ${plan.name} is a draft. Publish it first.`,
    );
  if (plan.archived_at)
    throw new DomainError(
      "CONFLICT",
      `${plan.name} is archived, so nobody can choose it. Sell it again first, or choose another plan.`,
    );
  return version;
}

/** The price of one for an interval. Throws CONFLICT when it is not sold so. */
export function unitPrice(
  version: SoldVersion,
  currency: string,
  interval: Interval,
): bigint {
  const price = priceOf(version, currency, interval);
  if (price !== null) return price;
  const sold = version.prices
    .map((one) => `${one.price.currency} by the ${one.interval}`)
    .join(", ");
  throw new DomainError(
    "CONFLICT",
    `${version.plan.name} is not sold in ${currency} by the ${interval}. It is sold in ${sold}.`,
    { currency, interval },
  );
}

export function termsOf(sub: Sub, planName: string): Terms {
  return {
    plan_version_id: sub.planVersionId,
    plan_name: planName,
    interval: sub.interval,
    quantity: sub.quantity,
    amount: money(priceOfPeriod(sub), sub.currency),
  };
}

export function discountOf(coupon: Coupon): Discount | null {
  if (coupon.percent !== null) return { percent: coupon.percent };
  return coupon.amount ? { amount: BigInt(coupon.amount.amount) } : null;
}

/** Until when a coupon counts, from the start of what is billed first; null is for good. */
export function couponUntil(
  { duration, months }: Coupon,
  sub: Pick<Sub, "anchorAt" | "timeZone" | "interval">,
): Date | null {
  const { anchorAt: at, timeZone, interval } = sub;
  switch (duration) {
    case "forever":
      return null;
    case "once":
      return periodAt({ at, timeZone, interval }, 0).end;
    case "repeating":
      return periodAt({ at, timeZone, interval: "month" }, (months ?? 1) - 1)
        .end;
    default:
      return duration satisfies never;
  }
}

/** The discount of a period that starts at an instant. */
export async function discountAt(
  ctx: Ctx,
  { couponId, couponUntil: until }: Sub,
  start: Date,
): Promise<Discount | null> {
  if (!couponId || (until && start >= until)) return null;
  return discountOf(await getCoupon(ctx, couponId));
}
