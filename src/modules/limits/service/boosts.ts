import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import { knownMeters } from "@/modules/meters";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid, notFound } from "@/shared/errors";
import { toPage } from "@/shared/page";
import { spendMeter, windows } from "@/shared/windows";
import type {
  Boost,
  BoostInput,
  BoostLimits,
  BoostQuery,
} from "../contract/boosts";
import {
  endBoost,
  findBoosts,
  insertBoost,
  lockBoost,
} from "../queries/boosts";
import { findPolicies } from "../queries/policies";
import { findOwnQuotas } from "../queries/quotas";
import { decimalText, unknownMeter } from "./quotas";
import { rearmAt, rearmOne } from "./rearm";

/** Finds the lineage of one of a customer's keys by public ids; null when it has no such key. */
export type LineageFinder = (
  ctx: Ctx,
  customerId: string,
  keyId: string,
) => Promise<string | null>;

/** One page of a customer's boosts. Needs customers:read; throws NOT_FOUND. */
export async function listBoosts(
  ctx: Ctx,
  customerId: string,
  query: BoostQuery,
) {
  authorize(ctx, "customers:read");
  await getVisibleCustomer(ctx, customerId);
  const { items, total } = await findBoosts(ctx, customerId, query);
  return toPage(query, items, total);
}

/**
 * Raise limits, a quota or the spend cap until `ends_at`. `findLineage` is of the keys module,
 * which stands below. Needs customers:write; throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function addBoost(
  ctx: Ctx,
  customerId: string,
  input: BoostInput,
  findLineage: LineageFinder,
): Promise<Boost> {
  authorize(ctx, "customers:write");
  await getVisibleCustomer(ctx, customerId);
  const startsAt = input.starts_at ? new Date(input.starts_at) : ctx.now();
  const endsAt = new Date(input.ends_at);
  if (endsAt <= ctx.now() || endsAt <= startsAt)
    throw invalid([{ field: "body.ends_at", message: "must lie ahead" }]);
  const lineageId = input.key_id
    ? await findLineage(ctx, customerId, input.key_id)
    : null;
  if (input.key_id && !lineageId)
    throw invalid([
      { field: "body.key_id", message: "must be a key of this customer" },
    ]);
  return transaction(ctx, async (tx) => {
    const meterId = await meterOf(tx, input);
    if (lineageId) await refuseNothingToRaise(tx, lineageId, input, meterId);
    const amount =
      input.amount === undefined ? undefined : decimalText(input.amount);
    const boost = await insertBoost(tx, {
      customerId,
      lineageId,
      limits: input.limits ?? null,
      meterId,
      amount: amount ?? input.spend ?? null,
      reason: input.reason,
      startsAt,
      endsAt,
      createdBy: tx.actor.kind === "staff" ? tx.actor.userId : null,
    });
    await told(tx, "customer.boost_added", null, boost);
    if (meterId && !lineageId) {
      await rearmOne(tx, customerId, meterId);
      await rearmAt(tx, customerId, meterId, {
        key: `${boost.id}:start`,
        at: startsAt,
      });
      await rearmAt(tx, customerId, meterId, {
        key: `${boost.id}:end`,
        at: endsAt,
      });
    }
    return boost;
  });
}

/** End a boost now; one that is over stays as it was. Needs customers:write; throws NOT_FOUND. */
export async function stopBoost(
  ctx: Ctx,
  customerId: string,
  id: string,
): Promise<Boost> {
  authorize(ctx, "customers:write");
  await getVisibleCustomer(ctx, customerId);
  return transaction(ctx, async (tx) => {
    const found = await lockBoost(tx, customerId, id);
    if (!found) throw notFound("boost");
    const { boost: before, meterId } = found;
    if (before.status === "past") return before;
    const after = await endBoost(tx, id);
    await told(tx, "customer.boost_ended", before, after);
    if (meterId) await rearmOne(tx, customerId, meterId);
    return after;
  });
}

// A key's boost adds to what the key has of its own, and to nothing else: without that it would be
// accepted and never act.
async function refuseNothingToRaise(
  tx: TxCtx,
  lineageId: string,
  { limits }: BoostInput,
  meterId: string | null,
): Promise<void> {
  const has = limits
    ? await hasLimits(tx, lineageId, limits)
    : (await findOwnQuotas(tx, { kind: "key", id: lineageId })).some(
        (own) => own.meterId === meterId && own.amount !== null,
      );
  if (!has)
    throw invalid([
      {
        field: "body.key_id",
        message: `must be a key with ${limits ? "such a limit" : "such a quota"} of its own, since only that is raised; give it one, or boost the customer`,
      },
    ]);
}

async function hasLimits(
  tx: TxCtx,
  lineageId: string,
  raised: BoostLimits,
): Promise<boolean> {
  const own = (await findPolicies(tx, [lineageId])).get(lineageId);
  return windows.some(
    (window) =>
      raised[`per_${window}`] !== undefined &&
      (own?.[`per_${window}`] ?? null) !== null,
  );
}

async function meterOf(tx: TxCtx, input: BoostInput): Promise<string | null> {
  const name = input.spend === undefined ? input.meter : spendMeter;
  if (name === undefined) return null;
  const meter = (await knownMeters(tx)).find(
    (known) => known.name === name && !known.isArchived,
  );
  if (!meter) throw unknownMeter("body.meter", name);
  return meter.id;
}

async function told(
  tx: TxCtx,
  name: `customer.${string}`,
  before: Boost | null,
  after: Boost,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "boost", id: after.id },
    customerId: after.customer_id,
    before,
    after,
  });
  await emit(tx, {
    name,
    payload: { customer_id: after.customer_id, boost_id: after.id },
  });
}
