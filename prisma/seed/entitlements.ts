import { findLineage } from "@/modules/keys";
import {
  addBoost,
  grantPlan,
  setPlanEntitlements,
  type PlanEntitlements,
} from "@/modules/limits";
import type { BoostInput } from "@/modules/limits/contract/boosts";
import { createMeter } from "@/modules/meters";
import { MeterInput } from "@/modules/meters/contract";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { fromUuid } from "@/shared/ids";
import { addSeconds, startOfUtcDay } from "@/shared/time";

const day = 24 * 60 * 60;

/** What a plan is called, and what it gives; what is left out it does not say. */
export type SeededPlan = { name: string } & Partial<PlanEntitlements>;

/** Make meters; what is left out of each is as in the API. */
export async function addMeters(
  ctx: Ctx,
  meters: (typeof MeterInput)["_zod"]["input"][],
): Promise<void> {
  for (const meter of meters) await createMeter(ctx, MeterInput.parse(meter));
}

/** Say what plans give; a plan's id follows from its place. */
export async function addPlans(
  ctx: Ctx,
  plans: readonly SeededPlan[],
): Promise<void> {
  await transaction(ctx, async (tx) => {
    for (const [at, { name: _, ...given }] of plans.entries())
      await setPlanEntitlements(tx, planId(at), {
        ...{ limits: null, quotas: [], features: [], spendCap: null },
        ...given,
      });
  });
}

/** Give a customer the plan of this place, in a billing period that began `daysAgo`. */
export async function subscribe(
  ctx: Ctx,
  customerId: string,
  { at, name, daysAgo }: { at: number; name: string; daysAgo: number },
): Promise<void> {
  const periodStart = startOfUtcDay(ctx.now(), -daysAgo);
  const period = { periodStart, periodEnd: addSeconds(periodStart, 30 * day) };
  await transaction(ctx, (tx) =>
    grantPlan(tx, {
      customerId,
      planId: planId(at),
      planName: name,
      ...period,
      inForce: true,
    }),
  );
}

/** A boost that began some days ago and ends in some. */
export async function raise(
  ctx: Ctx,
  customerId: string,
  what: Omit<BoostInput, "starts_at" | "ends_at">,
  days: { since: number; left: number },
): Promise<void> {
  const then: Ctx = {
    ...ctx,
    now: () => addSeconds(ctx.now(), -days.since * day),
  };
  const ends_at = addSeconds(ctx.now(), days.left * day).toISOString();
  await addBoost(then, customerId, { ...what, ends_at }, findLineage);
}

// Fixed, so that a later seed of the plans themselves can have the same ids.
function planId(at: number): string {
  return fromUuid(
    "pln",
    `00000000-0000-7000-8000-0000000001${String(at).padStart(2, "0")}`,
  );
}
