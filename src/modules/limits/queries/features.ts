import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Feature, FeatureInput } from "../contract/features";
import { subjectUuid, type Subject } from "./subject";

/** A feature to write; a metered one names its meter by public id. */
export type NewFeature = {
  feature: string;
  kind: FeatureInput["kind"];
  value: Prisma.InputJsonValue | null;
  meterId: string | null;
};

/** Let a subject have these features and no others. */
export async function replaceOwnFeatures(
  tx: TxCtx,
  subject: Subject,
  features: NewFeature[],
): Promise<void> {
  const subject_id = subjectUuid(subject);
  const subject_kind = subject === "default" ? subject : subject.kind;
  await tx.db.featureGrant.deleteMany({ where: { subject_id } });
  await tx.db.featureGrant.createMany({
    data: features.map(({ feature, kind, value, meterId }) => ({
      subject_id,
      subject_kind,
      feature,
      kind,
      ...(value !== null && { value }),
      meter_id: meterId && toUuid(meterId),
      created_at: tx.now(),
      updated_at: tx.now(),
    })),
  });
}

/** A subject's own features. */
export async function findOwnFeatures(
  ctx: Ctx,
  subject: Subject,
): Promise<Feature[]> {
  const rows = await ctx.db.featureGrant.findMany({
    where: { subject_id: subjectUuid(subject) },
    include: { meter: { select: { name: true } } },
    orderBy: { feature: "asc" },
  });
  return rows.map((row) => ({
    feature: row.feature,
    kind: row.kind as Feature["kind"], // Safe: a CHECK constraint allows no other.
    value: row.value,
    meter: row.meter?.name ?? null,
    source: row.subject_kind as Feature["source"], // Safe: the same.
  }));
}

/** What features of these names say for each of these customers, in one statement. */
export async function findFeatureValues(
  ctx: Ctx,
  customerIds: string[],
  names: string[],
): Promise<{ customerId: string; feature: string; value: unknown }[]> {
  const rows = await ctx.db.$queryRaw<
    { id: string; feature: string; value: unknown }[]
  >`
    SELECT c.id, f.feature, f.value
    FROM unnest(${customerIds.map(toUuid)}::uuid[]) AS c (id)
    CROSS JOIN LATERAL effective_features(c.id) f
    WHERE f.feature = ANY (${names}::text[])`;
  return rows.map(({ id, feature, value }) => ({
    ...{ customerId: fromUuid("cus", id), feature, value },
  }));
}

/** The features in force for a customer. */
export async function findEffectiveFeatures(
  ctx: Ctx,
  customerId: string,
): Promise<Feature[]> {
  return ctx.db.$queryRaw<Feature[]>`
    SELECT feature, kind, value, meter, source FROM effective_features(${toUuid(customerId)}::uuid)`;
}
