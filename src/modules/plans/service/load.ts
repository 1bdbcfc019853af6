import { record } from "@/modules/audit";
import { knownMeters } from "@/modules/meters";
import type { Ctx, TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { notFound } from "@/shared/errors";
import type { Plan, PlanVersion } from "../contract";
import { findPlan, lockPlan } from "../queries/plans";
import type { Meters } from "../queries/rows";
import { findVersion } from "../queries/versions";

export async function namedMeters(ctx: Ctx): Promise<Meters> {
  const meters = await knownMeters(ctx);
  return new Map(meters.map((meter) => [meter.id, meter]));
}

export async function loadPlan(ctx: Ctx, id: string): Promise<Plan> {
  const plan = await findPlan(ctx, { id }, await namedMeters(ctx));
  if (!plan) throw notFound("plan");
  return plan;
}

/** The same, with the plan and its versions locked until the transaction ends. */
export async function loadLocked(tx: TxCtx, id: string): Promise<Plan> {
  await lockPlan(tx, id);
  return loadPlan(tx, id);
}

/** A version of this plan; of another plan's there is none. */
export async function loadVersion(
  ctx: Ctx,
  planId: string,
  id: string,
): Promise<PlanVersion> {
  const version = await findVersion(ctx, id, await namedMeters(ctx));
  if (version?.plan_id !== planId) throw notFound("version of this plan");
  return version;
}

export async function told(
  tx: TxCtx,
  name: `plan.${string}`,
  before: Plan | null,
  after: Plan,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "plan", id: after.id },
    before,
    after,
  });
  await emit(tx, { name, payload: { plan_id: after.id } });
}

export async function toldOfVersion(
  tx: TxCtx,
  name: `plan.version_${string}`,
  plan: Plan,
  { id, number }: Pick<PlanVersion, "id" | "number">,
  change: { before?: PlanVersion; after?: PlanVersion },
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "plan_version", id },
    ...(change.before && { before: change.before }),
    after: { plan: plan.name, ...change.after },
  });
  await emit(tx, {
    name,
    payload: { plan_id: plan.id, version_id: id, number },
  });
}
