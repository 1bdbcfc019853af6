import { endPlan, grantPlan } from "@/modules/limits";
import { versionName } from "@/modules/plans";
import type { TxCtx } from "@/platform/context";
import { findLive } from "../queries/subscriptions";
import type { Sub } from "../subscription";

/** The subscription that access rests on: of those that give it the first, else the first of all. */
export function mainOf(live: Sub[]): Sub | null {
  return live.find(({ hasAccess }) => hasAccess) ?? live[0] ?? null;
}

/**
 * Have what a customer may use follow its subscriptions: the plan and the period of the main one,
 * in force or not. When the last one has ended, its plan stays and calls are refused.
 */
export async function followAccess(
  tx: TxCtx,
  customerId: string,
  now: Date,
): Promise<void> {
  const live = await findLive(tx, customerId);
  // What is not paid for the first time changes nothing yet.
  const main = mainOf(live.filter(({ status }) => status !== "incomplete"));
  if (!main) return live.length > 0 ? undefined : endPlan(tx, customerId, now);
  const name = await versionName(tx, main.planVersionId);
  await grantPlan(tx, {
    customerId,
    planId: main.planVersionId,
    planName: name?.plan.name ?? "–",
    periodStart: main.periodStart,
    periodEnd: main.periodEnd,
    inForce: main.hasAccess,
  });
}

/** Whether what access rests on differs between two states of a subscription. */
export function changesAccess(before: Sub | null, after: Sub): boolean {
  if (!before) return true;
  return (
    before.hasAccess !== after.hasAccess ||
    before.planVersionId !== after.planVersionId ||
    before.endedAt !== after.endedAt ||
    before.periodStart.getTime() !== after.periodStart.getTime() ||
    before.periodEnd.getTime() !== after.periodEnd.getTime()
  );
}
