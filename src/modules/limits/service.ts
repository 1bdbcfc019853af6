import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import {
  windows,
  type CustomerLimits,
  type Limits,
  type LimitsInput,
  type WindowUsage,
} from "./contract";
import {
  deletePolicy,
  findDefaultLimits,
  findPolicies,
  findUsage,
  upsertPolicy,
} from "./queries";

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
  const [policies, usage] = await Promise.all([
    findPolicies(ctx, [customerId]),
    findUsage([customerId]),
  ]);
  const own = policies.get(customerId);
  return {
    limits: own ?? (await findDefaultLimits(ctx)),
    source: own ? "customer" : "default",
    usage: usage.get(customerId) ?? unused,
  };
}

/**
 * Set a customer's own limits: windows that are left out are unlimited, and no windows at all go
 * back to the defaults. Needs customers:write; throws NOT_FOUND.
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
    if (isEmpty) await deletePolicy(tx, customerId);
    else await upsertPolicy(tx, "customer", customerId, complete(input));
    await record(tx, {
      action: "customer.limits_set",
      target: { kind: "customer", id: customerId },
      customerId,
      before: before.limits,
      after: isEmpty ? await findDefaultLimits(tx) : complete(input),
    });
    await emit(tx, {
      name: "customer.limits_set",
      payload: { customer_id: customerId },
    });
  });
  return currentLimits(ctx, customerId);
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
  if (limits) await upsertPolicy(tx, "key", lineageId, complete(limits));
  else await deletePolicy(tx, lineageId);
}

const unused: WindowUsage = { second: 0, minute: 0, hour: 0, day: 0, month: 0 };

function complete(input: LimitsInput): Limits {
  return {
    per_second: input.per_second ?? null,
    per_minute: input.per_minute ?? null,
    per_hour: input.per_hour ?? null,
    per_day: input.per_day ?? null,
    per_month: input.per_month ?? null,
  };
}
