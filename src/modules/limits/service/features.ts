import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import { knownMeters } from "@/modules/meters";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { namedId } from "@/shared/ids";
import type {
  Feature,
  FeatureInput,
  Features,
  FeaturesInput,
} from "../contract/features";
import {
  findEffectiveFeatures,
  findFeatureValues,
  findOwnFeatures,
  replaceOwnFeatures,
  type NewFeature,
} from "../queries/features";
import { lockSubject, type Subject } from "../queries/subject";
import { unknownMeter } from "./quotas";

/** The features in force for a customer. Needs customers:read; throws NOT_FOUND. */
export async function getCustomerFeatures(
  ctx: Ctx,
  customerId: string,
): Promise<Features> {
  authorize(ctx, "customers:read");
  await getVisibleCustomer(ctx, customerId);
  return { features: await findEffectiveFeatures(ctx, customerId) };
}

/**
 * What features of these names say, by customer and name: for modules that keep a plan's promises.
 * What is not said of a customer is not in its map.
 */
export async function featureValues(
  ctx: Ctx,
  customerIds: string[],
  names: string[],
): Promise<Map<string, ReadonlyMap<string, unknown>>> {
  const said = new Map(
    customerIds.map((id) => [id, new Map<string, unknown>()]),
  );
  if (customerIds.length === 0) return said;
  for (const one of await findFeatureValues(ctx, customerIds, names))
    said.get(one.customerId)?.set(one.feature, one.value);
  return said;
}

/**
 * Replace a customer's own features; the others are as its plan or the default says. Needs
 * customers:write; throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function setCustomerFeatures(
  ctx: Ctx,
  customerId: string,
  { features }: FeaturesInput,
): Promise<Features> {
  authorize(ctx, "customers:write");
  await getVisibleCustomer(ctx, customerId);
  await transaction(ctx, async (tx) => {
    const change = await replace(
      tx,
      { kind: "customer", id: customerId },
      features,
    );
    await record(tx, {
      action: "customer.features_set",
      target: { kind: "customer", id: customerId },
      customerId,
      ...change,
    });
    await emit(tx, {
      name: "customer.features_set",
      payload: { customer_id: customerId },
    });
  });
  return { features: await findEffectiveFeatures(ctx, customerId) };
}

/** The features of customers whose plan does not say otherwise. Needs plans:read. */
export async function getDefaultFeatures(ctx: Ctx): Promise<Features> {
  authorize(ctx, "plans:read");
  return { features: await findOwnFeatures(ctx, "default") };
}

/** Replace them. Needs plans:write; throws VALIDATION_FAILED. */
export async function setDefaultFeatures(
  ctx: Ctx,
  { features }: FeaturesInput,
): Promise<Features> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const change = await replace(tx, "default", features);
    await record(tx, {
      action: "defaults.features_set",
      target: { kind: "setting", id: namedId("set", "default_features") },
      ...change,
    });
    await emit(tx, { name: "defaults.features_set", payload: {} });
    return { features: await findOwnFeatures(tx, "default") };
  });
}

/** Replace a plan's. The module of plans authorises and records. */
export async function setPlanFeatures(
  tx: TxCtx,
  planId: string,
  features: FeatureInput[],
): Promise<void> {
  await replace(tx, { kind: "plan", id: planId }, features);
}

// The audit log gets them by name, so that it shows only those that changed.
async function replace(tx: TxCtx, subject: Subject, features: FeatureInput[]) {
  await lockSubject(tx, subject);
  const before = byName(await findOwnFeatures(tx, subject));
  await replaceOwnFeatures(tx, subject, await toRows(tx, features));
  return { before, after: byName(await findOwnFeatures(tx, subject)) };
}

async function toRows(
  tx: TxCtx,
  features: FeatureInput[],
): Promise<NewFeature[]> {
  const meters = features.some(({ kind }) => kind === "metered")
    ? await knownMeters(tx)
    : [];
  return features.map((input, at): NewFeature => {
    const { feature, kind } = input;
    if (input.kind !== "metered")
      return { feature, kind, value: input.value, meterId: null };
    const meter = meters.find(
      ({ name, isArchived }) => name === input.meter && !isArchived,
    );
    if (!meter) throw unknownMeter(`body.features.${at}.meter`, input.meter);
    return { feature, kind, value: null, meterId: meter.id };
  });
}

function byName(features: Feature[]): Record<string, unknown> {
  return Object.fromEntries(
    features.map(({ feature, kind, value, meter }) => [
      feature,
      kind === "metered" ? `metered by ${meter}` : value,
    ]),
  );
}
