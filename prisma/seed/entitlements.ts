import { findLineage } from "@/modules/keys";
import { addBoost, grantPlan } from "@/modules/limits";
import type { BoostInput } from "@/modules/limits/contract/boosts";
import { createMeter } from "@/modules/meters";
import { MeterInput } from "@/modules/meters/contract";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { addSeconds, startOfUtcDay } from "@/shared/time";
import { later } from "./later";
import type { Published } from "./plans";

const day = 24 * 60 * 60;

/** Make meters; what is left out of each is as in the API. */
export async function addMeters(
  ctx: Ctx,
  meters: (typeof MeterInput)["_zod"]["input"][],
): Promise<void> {
  for (const meter of meters) await createMeter(ctx, MeterInput.parse(meter));
}

/** Give a customer a plan, in a billing period that began `daysAgo`. */
export async function subscribe(
  ctx: Ctx,
  customerId: string,
  plan: Published,
  daysAgo: number,
): Promise<void> {
  const periodStart = startOfUtcDay(ctx.now(), -daysAgo);
  const period = { periodStart, periodEnd: addSeconds(periodStart, 30 * day) };
  await transaction(ctx, (tx) =>
    grantPlan(tx, { customerId, ...plan, ...period, inForce: true }),
  );
}

/** A boost that began some days ago and ends in some. */
export async function raise(
  ctx: Ctx,
  customerId: string,
  what: Omit<BoostInput, "starts_at" | "ends_at">,
  days: { since: number; left: number },
): Promise<void> {
  const then = later(ctx, -days.since * day);
  const ends_at = addSeconds(ctx.now(), days.left * day).toISOString();
  await addBoost(then, customerId, { ...what, ends_at }, findLineage);
}
