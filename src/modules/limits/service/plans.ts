import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import type { LimitsInput } from "../contract";
import type { FeatureInput } from "../contract/features";
import type { QuotasInput } from "../contract/quotas";
import {
  findPlanInForce,
  updateEnd,
  upsertEntitlement,
  type Entitlement,
} from "../queries/entitlements";
import { deletePolicy, upsertPolicy } from "../queries/policies";
import { setPlanFeatures } from "./features";
import { complete } from "./limits";
import { setPlanQuotas } from "./quotas";
import { rearmLater, rearmOne } from "./rearm";

// What the modules of plans and subscriptions tell the access decision. They authorise, record
// and emit; these write what the decision reads, in the caller's transaction.

/** What a plan gives to those who have it; null limits and cap: none of its own. */
export type PlanEntitlements = {
  limits: LimitsInput | null;
  quotas: QuotasInput["quotas"];
  features: FeatureInput[];
  spendCap: QuotasInput["spend_cap"];
};

/**
 * Say what a plan gives. It replaces all that was said of this plan, and acts on the next check of
 * every customer that has it; a job then looks at their alerts. `planId` is any public id over a
 * UUID. Throws VALIDATION_FAILED for a meter that does not exist.
 */
export async function setPlanEntitlements(
  tx: TxCtx,
  planId: string,
  { limits, quotas, features, spendCap }: PlanEntitlements,
): Promise<void> {
  const subject = { kind: "plan", id: planId } as const;
  if (limits) await upsertPolicy(tx, subject, complete(limits));
  else await deletePolicy(tx, subject);
  await setPlanQuotas(tx, planId, { quotas, spend_cap: spendCap });
  await setPlanFeatures(tx, planId, features);
  await rearmLater(tx, planId);
}

/**
 * Give a customer a plan for a billing period, in place of any other. `inForce: false` refuses its
 * calls with SUBSCRIPTION_INACTIVE. With a period that begins later than the one before, late
 * events still count in that one.
 */
export async function grantPlan(
  tx: TxCtx,
  entitlement: Entitlement & { customerId: string },
): Promise<void> {
  refuseEmpty(entitlement);
  await upsertEntitlement(tx, entitlement);
  await rearmOne(tx, entitlement.customerId, null);
}

/**
 * End what a customer's plan gives: its calls are refused, and what it uses from that instant on
 * counts in no period of the plan. Nothing happens to a customer that never had one.
 */
export async function endPlan(
  tx: TxCtx,
  customerId: string,
  at: Date,
): Promise<void> {
  await updateEnd(tx, customerId, at);
}

/**
 * The version of a plan (`plv_…`) that a customer has in force, or null. For the verbs of other
 * modules, which have authorised.
 */
export async function planInForce(
  ctx: Ctx,
  customerId: string,
): Promise<string | null> {
  return findPlanInForce(ctx, customerId);
}

function refuseEmpty(period: { periodStart: Date; periodEnd: Date }): void {
  if (period.periodStart < period.periodEnd) return;
  throw new DomainError(
    "CONFLICT",
    "A billing period must end after it begins. Give a later end.",
  );
}
