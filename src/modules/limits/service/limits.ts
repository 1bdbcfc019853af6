import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { namedId } from "@/shared/ids";
import { windows } from "@/shared/windows";
import type {
  CustomerLimits,
  Limits,
  LimitsInput,
  WindowUsage,
} from "../contract";
import {
  deletePolicy,
  findDefaultLimits,
  findEffectiveLimits,
  findPolicies,
  findUsage,
  upsertPolicy,
} from "../queries/policies";

/** A customer's limits and what is used of them now. Needs customers:read; throws NOT_FOUND. */
export async function getCustomerLimits(
  ctx: Ctx,
  customerId: string,
): Promise<CustomerLimits> {
  authorize(ctx, "customers:read");
  return currentLimits(ctx, customerId);
}

/**
 * The same for the verbs of other modules, which have authorised: a customer's own people may
 * see their own. Throws NOT_FOUND.
 */
export async function currentLimits(
  ctx: Ctx,
  customerId: string,
): Promise<CustomerLimits> {
  await getVisibleCustomer(ctx, customerId);
  const [inForce, usage] = await Promise.all([
    findEffectiveLimits(ctx, customerId),
    findUsage([customerId]),
  ]);
  return { ...inForce, usage: usage.get(customerId) ?? unused };
}

/**
 * Set a customer's own limits: windows that are left out are unlimited, and no windows at all go
 * back to the plan's, or the defaults. Needs customers:write; throws NOT_FOUND.
 */
export async function setCustomerLimits(
  ctx: Ctx,
  customerId: string,
  input: LimitsInput,
): Promise<CustomerLimits> {
  authorize(ctx, "customers:write");
  const before = await currentLimits(ctx, customerId);
  await transaction(ctx, async (tx) => {
    const isEmpty = windows.every(
      (window) => input[`per_${window}`] === undefined,
    );
    const subject = { kind: "customer", id: customerId } as const;
    if (isEmpty) await deletePolicy(tx, subject);
    else await upsertPolicy(tx, subject, complete(input));
    const after = await findEffectiveLimits(tx, customerId);
    await record(tx, {
      action: "customer.limits_set",
      target: { kind: "customer", id: customerId },
      customerId,
      before: before.base,
      after: after.base,
    });
    await emit(tx, {
      name: "customer.limits_set",
      payload: { customer_id: customerId },
    });
  });
  return currentLimits(ctx, customerId);
}

/** The limits of customers that have no others. Needs plans:read. */
export async function getDefaultLimits(ctx: Ctx): Promise<Limits> {
  authorize(ctx, "plans:read");
  return (await findDefaultLimits(ctx)) ?? none;
}

/** Set them, all five windows. Needs plans:write. */
export async function setDefaultLimits(
  ctx: Ctx,
  limits: Limits,
): Promise<Limits> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const before = await findDefaultLimits(tx);
    await upsertPolicy(tx, "default", limits);
    await record(tx, {
      action: "defaults.limits_set",
      target: { kind: "setting", id: namedId("set", "default_limits") },
      before,
      after: limits,
    });
    await emit(tx, { name: "defaults.limits_set", payload: {} });
    return limits;
  });
}

/** Limits of keys by the public id of their lineage; keys without any of their own are absent. */
export async function findKeyLimits(
  ctx: Ctx,
  lineageIds: string[],
): Promise<Map<string, Limits>> {
  return findPolicies(ctx, lineageIds);
}

/** Set or, with null, remove the limits of a key's lineage. The keys module authorises. */
export async function setKeyLimits(
  tx: TxCtx,
  lineageId: string,
  limits: LimitsInput | null,
): Promise<void> {
  const subject = { kind: "key", id: lineageId } as const;
  if (limits) await upsertPolicy(tx, subject, complete(limits));
  else await deletePolicy(tx, subject);
}

const unused: WindowUsage = { second: 0, minute: 0, hour: 0, day: 0, month: 0 };

// As the access decision takes a missing row of defaults.
const none: Limits = {
  per_second: 0,
  per_minute: 0,
  per_hour: 0,
  per_day: 0,
  per_month: 0,
};

/** All five windows; those that were left out are unlimited. */
export function complete(input: LimitsInput): Limits {
  return {
    per_second: input.per_second ?? null,
    per_minute: input.per_minute ?? null,
    per_hour: input.per_hour ?? null,
    per_day: input.per_day ?? null,
    per_month: input.per_month ?? null,
  };
}
