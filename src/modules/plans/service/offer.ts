import { getVisibleCustomer } from "@/modules/customers";
import { authorize, owned, type Ctx } from "@/platform/context";
import { DomainError, notFound } from "@/shared/errors";
import type { Plan, PublicPlan } from "../contract";
import { findOffered, findPlan, findPlanNamed } from "../queries/plans";
import {
  findSold,
  findVersionIds,
  findVersionName,
  findVersionNames,
  type SoldVersion,
  type VersionName,
} from "../queries/versions";
import { loadPlan, namedMeters } from "./load";

/** The plans that one can choose, in the order of the price page; for anybody. */
export async function listPublicPlans(
  ctx: Ctx,
): Promise<{ items: PublicPlan[] }> {
  const plans = await findOffered(ctx, await namedMeters(ctx));
  return { items: plans.flatMap(toPublic) };
}

/** The same for a customer's people, prices in the customer's currency first. Needs billing:read. */
export async function listOwnPlans(ctx: Ctx): Promise<{ items: PublicPlan[] }> {
  authorize(ctx, "billing:read");
  const customerId = owned(ctx);
  if (customerId === null) throw notFound("customer of yours");
  const { currency } = await getVisibleCustomer(ctx, customerId);
  const { items } = await listPublicPlans(ctx);
  const rank = (code: string) => (code === currency ? 0 : 1);
  return {
    items: items.map((plan) => ({
      ...plan,
      // A stable sort: the others keep their order.
      prices: [...plan.prices].sort(
        (a, b) => rank(a.price.currency) - rank(b.price.currency),
      ),
    })),
  };
}

/**
 * A version by public id, for the verbs of other modules, which have authorised. Throws NOT_FOUND.
 */
export async function getPlanVersion(
  ctx: Ctx,
  id: string,
): Promise<SoldVersion> {
  const version = await findSold(ctx, id);
  if (!version) throw notFound("version of a plan");
  return version;
}

/** Which plans versions are of, by public id, for the lists of other modules. */
export async function versionNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, VersionName>> {
  return findVersionNames(ctx, [...new Set(ids)]);
}

/** Which plan a version is of; null for one that there is not. */
export async function versionName(
  ctx: Ctx,
  id: string,
): Promise<VersionName | null> {
  return findVersionName(ctx, id);
}

/**
 * What a plan sells now, for the verbs of other modules, which have authorised. Throws NOT_FOUND,
 * and CONFLICT for a plan that is not sold.
 */
export async function getSoldVersion(
  ctx: Ctx,
  planId: string,
): Promise<SoldVersion> {
  const plan = await loadPlan(ctx, planId);
  const { current_version: version } = plan;
  if (plan.status === "active" && version) return { ...version, plan };
  throw new DomainError(
    "CONFLICT",
    plan.status === "archived"
      ? `${plan.name} is archived. Sell it again, or choose another plan.`
      : `${plan.name} is a draft. Publish it first.`,
  );
}

/** The same of the plan of this code, else of this name; null where no plan has either. */
export async function findSoldVersion(
  ctx: Ctx,
  named: string,
): Promise<SoldVersion | null> {
  const id = await findPlanNamed(ctx, named);
  return id === null ? null : getSoldVersion(ctx, id);
}

/** The plans of versions, by the version's id: for names beside what was sold. */
export async function plansOfVersions(
  ctx: Ctx,
  versionIds: readonly string[],
): Promise<Map<string, VersionName["plan"]>> {
  const names = await versionNames(ctx, [...versionIds]);
  return new Map([...names].map(([id, { plan }]) => [id, plan]));
}

/** The ids of a plan's versions: what other modules filter by. */
export async function versionsOfPlan(
  ctx: Ctx,
  planId: string,
): Promise<string[]> {
  return findVersionIds(ctx, planId);
}

/** A plan by its code, for the verbs of other modules, which have authorised. */
export async function findPlanByCode(
  ctx: Ctx,
  code: string,
): Promise<Plan | null> {
  return findPlan(ctx, { code }, await namedMeters(ctx));
}

function toPublic(plan: Plan): PublicPlan[] {
  const version = plan.current_version;
  if (!version) return [];
  const { id, code, name, description } = plan;
  const { trial_days, prices, limits, features, charges, spend_cap } = version;
  return [
    {
      ...{ id, version_id: version.id, code, name, description, trial_days },
      ...{ prices, limits, features, charges, spend_cap },
    },
  ];
}
