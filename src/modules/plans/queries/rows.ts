import type { Limits } from "@/modules/limits/contract";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type { Plan, PlanVersion } from "../contract";
import { Charge } from "../contract/charge";
import type { PlanCharge, PlanFeature } from "../contract/terms";

/** What is known of each meter, by public id. */
export type Meters = ReadonlyMap<
  string,
  { name: string; title: string; unit: string }
>;

/** What a version is read with. */
export const parts = {
  plan: { select: { current_version_id: true } },
  prices: { orderBy: [{ currency: "asc" }, { interval: "asc" }] },
  features: { orderBy: [{ position: "asc" }] },
  charges: { orderBy: [{ currency: "asc" }, { meter_id: "asc" }] },
} as const satisfies Prisma.PlanVersionInclude;

type PlanRow = Prisma.PlanGetPayload<object>;
type VersionRow = Prisma.PlanVersionGetPayload<{ include: typeof parts }>;

/** Plans with their current version and their draft. */
export async function toPlans(
  ctx: Ctx,
  rows: PlanRow[],
  meters: Meters,
): Promise<Plan[]> {
  const found = await ctx.db.planVersion.findMany({
    where: {
      plan_id: { in: rows.map(({ id }) => id) },
      OR: [
        { status: "draft" },
        {
          id: {
            in: rows.flatMap(({ current_version_id: id }) => (id ? [id] : [])),
          },
        },
      ],
    },
    include: parts,
  });
  const versions = found.map((row) => toVersion(row, meters));
  return rows.map((row) => {
    const id = fromUuid("pln", row.id);
    const own = versions.filter(({ plan_id }) => plan_id === id);
    return {
      id,
      code: row.code,
      name: row.name,
      description: row.description,
      is_public: row.is_public,
      position: row.position,
      status: row.archived_at
        ? "archived"
        : row.current_version_id
          ? "active"
          : "draft",
      current_version: own.find(({ is_current }) => is_current) ?? null,
      draft_version: own.find(({ status }) => status === "draft") ?? null,
      archived_at: row.archived_at?.toISOString() ?? null,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    };
  });
}

export function toVersion(row: VersionRow, meters: Meters): PlanVersion {
  return {
    id: fromUuid("plv", row.id),
    plan_id: fromUuid("pln", row.plan_id),
    number: row.number,
    status: row.status as PlanVersion["status"], // Safe: a CHECK constraint.
    is_current: row.plan.current_version_id === row.id,
    trial_days: row.trial_days,
    prices: row.prices.map(({ interval, amount_minor, currency }) => ({
      interval: interval as "month" | "year", // Safe: a CHECK constraint.
      price: money(amount_minor, currency),
    })),
    limits: row.limits as Limits | null, // Safe: as they were written.
    features: row.features.map((feature) => toFeature(feature, meters)),
    charges: row.charges
      .map((charge) => toCharge(charge, meters))
      .sort((a, b) => a.meter_title.localeCompare(b.meter_title, "en")),
    spend_cap: row.spend_cap && {
      amount: row.spend_cap.toFixed(),
      currency: "USD",
    },
    published_at: row.published_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

function toFeature(
  row: VersionRow["features"][number],
  meters: Meters,
): PlanFeature {
  const named = { feature: row.feature, title: row.title };
  if (row.kind === "metered")
    return {
      ...named,
      kind: "metered",
      ...meterOf(row.meter_id ?? "", meters),
      quota: row.quota && row.quota.toNumber(),
      overage: row.allows_overage,
    };
  // Safe: CHECK constraints keep kind and value together, as they were written.
  return { ...named, kind: row.kind, value: row.value } as PlanFeature;
}

function toCharge(
  row: VersionRow["charges"][number],
  meters: Meters,
): PlanCharge {
  const id = fromUuid("mtr", row.meter_id);
  const terms = row.terms as object; // Safe: as it was written, without the model.
  return {
    ...meterOf(row.meter_id, meters),
    meter_title: meters.get(id)?.title ?? id,
    currency: row.currency,
    charge: Charge.parse({ model: row.model, ...terms }),
  };
}

function meterOf(uuid: string, meters: Meters) {
  const meter_id = fromUuid("mtr", uuid);
  const known = meters.get(meter_id);
  return { meter: known?.name ?? meter_id, meter_id, unit: known?.unit ?? "" };
}
