import { Prisma } from "@/platform/db/generated/client";
import type { Limits } from "@/modules/limits/contract";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow, type PageQuery } from "@/shared/page";
import { knownMeters } from "@/modules/meters";
import { forMany } from "@/platform/together";
import type { Plan, PlanVersion } from "../contract";
import type { Charge } from "../contract/charge";
import type { PlanPrice } from "../contract/terms";
import { parts, toVersion, type Meters } from "./rows";

export async function findVersion(
  ctx: Ctx,
  id: string,
  meters: Meters,
): Promise<PlanVersion | null> {
  const where = { id: toUuid(id) };
  const row = await ctx.db.planVersion.findUnique({ where, include: parts });
  return row && toVersion(row, meters);
}

/** Versions with what they are versions of. */
export const findSold = forMany(
  async (ctx: Ctx, ids: string[]): Promise<(SoldVersion | null)[]> => {
    const rows = await ctx.db.planVersion.findMany({
      where: { id: { in: [...new Set(ids)].map(toUuid) } },
      include: { ...parts, plan: true },
    });
    const all = await knownMeters(ctx);
    const meters = new Map(all.map((meter) => [meter.id, meter]));
    const found = new Map(
      rows.map((row) => {
        const { id, code, name, is_public, archived_at } = row.plan;
        const plan = {
          ...{ id: fromUuid("pln", id), code, name, is_public },
          archived_at: archived_at?.toISOString() ?? null,
        };
        return [row.id, { ...toVersion(row, meters), plan }];
      }),
    );
    return ids.map((id) => found.get(toUuid(id)) ?? null);
  },
);

export async function findVersions(
  ctx: Ctx,
  planId: string,
  query: PageQuery,
  meters: Meters,
): Promise<{ items: PlanVersion[]; total: number }> {
  const where = { plan_id: toUuid(planId) };
  const [rows, total] = await Promise.all([
    ctx.db.planVersion.findMany({
      where,
      include: parts,
      orderBy: { number: "desc" },
      ...pageWindow(query),
    }),
    ctx.db.planVersion.count({ where }),
  ]);
  return { items: rows.map((row) => toVersion(row, meters)), total };
}

/** A version with what it is a version of. */
export type SoldVersion = PlanVersion & {
  plan: Pick<Plan, "id" | "code" | "name" | "is_public" | "archived_at">;
};

/** What a version is a version of. */
export const findVersionName = forMany(async (ctx: Ctx, ids: string[]) => {
  const found = await findVersionNames(ctx, [...new Set(ids)]);
  return ids.map((id) => found.get(id) ?? null);
});

/** What versions are versions of, by their public ids. */
export async function findVersionNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, VersionName>> {
  const rows = await ctx.db.planVersion.findMany({
    where: { id: { in: ids.map(toUuid) } },
    select: {
      id: true,
      number: true,
      plan: { select: { id: true, code: true, name: true } },
    },
  });
  return new Map(
    rows.map(({ id, number, plan }) => [
      fromUuid("plv", id),
      { number, plan: { ...plan, id: fromUuid("pln", plan.id) } },
    ]),
  );
}

export type VersionName = {
  number: number;
  plan: { id: string; code: string; name: string };
};

export async function findVersionIds(
  ctx: Ctx,
  planId: string,
): Promise<string[]> {
  const rows = await ctx.db.planVersion.findMany({
    where: { plan_id: toUuid(planId) },
    select: { id: true },
  });
  return rows.map(({ id }) => fromUuid("plv", id));
}

/** Terms to write; meters by public id. */
export type NewTerms = {
  trial_days: number;
  limits: Limits | null;
  spend_cap: string | null;
  prices: PlanPrice[];
  features: (
    | { feature: string; title: string; kind: "boolean"; value: boolean }
    | {
        feature: string;
        title: string;
        kind: "static";
        value: Prisma.InputJsonValue;
      }
    | {
        feature: string;
        title: string;
        kind: "metered";
        meter_id: string;
        quota: number | null;
        overage: boolean;
      }
  )[];
  charges: { meter_id: string; currency: string; charge: Charge }[];
};

/** An empty draft, numbered after the versions that there are. */
export async function insertDraft(tx: TxCtx, planId: string): Promise<string> {
  const plan_id = toUuid(planId);
  const { _max } = await tx.db.planVersion.aggregate({
    where: { plan_id },
    _max: { number: true },
  });
  const id = newId("plv");
  await tx.db.planVersion.create({
    data: {
      id: toUuid(id),
      plan_id,
      number: (_max.number ?? 0) + 1,
      created_at: tx.now(),
      updated_at: tx.now(),
    },
  });
  return id;
}

/** Let a draft have these terms and no others. */
export async function replaceTerms(
  tx: TxCtx,
  id: string,
  terms: NewTerms,
): Promise<void> {
  const plan_version_id = toUuid(id);
  const where = { plan_version_id };
  await tx.db.planPrice.deleteMany({ where });
  await tx.db.planFeature.deleteMany({ where });
  await tx.db.planCharge.deleteMany({ where });
  await tx.db.planVersion.update({
    where: { id: plan_version_id },
    data: {
      trial_days: terms.trial_days,
      limits: terms.limits ?? Prisma.DbNull,
      spend_cap: terms.spend_cap,
      updated_at: tx.now(),
    },
  });
  await tx.db.planPrice.createMany({
    data: terms.prices.map(({ interval, price }) => ({
      plan_version_id,
      interval,
      currency: price.currency,
      amount_minor: BigInt(price.amount),
    })),
  });
  await tx.db.planFeature.createMany({
    data: terms.features.map((feature, position) => ({
      plan_version_id,
      position,
      ...toFeatureRow(feature),
    })),
  });
  await tx.db.planCharge.createMany({
    data: terms.charges.map(({ meter_id, currency, charge }) => {
      const { model, ...rest } = charge;
      return {
        plan_version_id,
        meter_id: toUuid(meter_id),
        currency,
        model,
        terms: rest,
      };
    }),
  });
}

/** From here on the database refuses every change of it. */
export async function publish(tx: TxCtx, id: string): Promise<void> {
  await tx.db.planVersion.update({
    where: { id: toUuid(id) },
    data: { status: "published", published_at: tx.now(), updated_at: tx.now() },
  });
}

export async function deleteVersion(tx: TxCtx, id: string): Promise<void> {
  await tx.db.planVersion.delete({ where: { id: toUuid(id) } });
}

function toFeatureRow(feature: NewTerms["features"][number]) {
  const { feature: name, title, kind } = feature;
  const named = { feature: name, title, kind };
  if (feature.kind !== "metered") return { ...named, value: feature.value };
  return {
    ...named,
    meter_id: toUuid(feature.meter_id),
    quota: feature.quota === null ? null : feature.quota.toFixed(12),
    allows_overage: feature.overage,
  };
}
