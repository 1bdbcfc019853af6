import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { Activation, ActivationKind } from "../contract/activations";

const shown = 1_000;

/** Where a license is used now, newest first. */
export async function findActivations(
  ctx: Ctx,
  licenseId: string,
): Promise<Activation[]> {
  const rows = await ctx.db.activation.findMany({
    where: { license_id: toUuid(licenseId), ...liveAt(ctx.now()) },
    orderBy: { id: "desc" },
    take: shown,
  });
  return rows.map(toActivation);
}

/** The one of a license in a place; the license is locked by the caller. */
export async function findActivationAt(
  tx: TxCtx,
  licenseId: string,
  kind: ActivationKind,
  identifier: string,
): Promise<Activation | null> {
  const row = await tx.db.activation.findFirst({
    where: {
      license_id: toUuid(licenseId),
      kind,
      identifier,
      ...liveAt(tx.now()),
    },
  });
  return row && toActivation(row);
}

/** A live activation of a license by id. */
export async function findActivation(
  ctx: Ctx,
  licenseId: string,
  id: string,
): Promise<Activation | null> {
  const row = await ctx.db.activation.findFirst({
    where: {
      id: toUuid(id),
      license_id: toUuid(licenseId),
      ...liveAt(ctx.now()),
    },
  });
  return row && toActivation(row);
}

export async function insertActivation(
  tx: TxCtx,
  license: { id: string; leaseEnd: Date | null },
  place: { kind: ActivationKind; identifier: string; name: string | null },
): Promise<Activation> {
  const row = await tx.db.activation.create({
    data: {
      id: toUuid(newId("act")),
      license_id: toUuid(license.id),
      ...place,
      last_heartbeat_at: tx.now(),
      expires_at: license.leaseEnd,
      created_at: tx.now(),
    },
  });
  return toActivation(row);
}

/** Note that an activation is in use; a lease goes on until `leaseEnd`. */
export async function touchActivation(
  tx: TxCtx,
  id: string,
  leaseEnd: Date | null,
  name?: string,
): Promise<Activation> {
  const row = await tx.db.activation.update({
    where: { id: toUuid(id) },
    data: {
      last_heartbeat_at: tx.now(),
      expires_at: leaseEnd,
      ...(name !== undefined && { name }),
    },
  });
  return toActivation(row);
}

export async function freeActivation(tx: TxCtx, id: string): Promise<void> {
  await tx.db.activation.update({
    where: { id: toUuid(id) },
    data: { freed_at: tx.now() },
  });
}

/** Free the leases that have ended: each as of its own end. */
export async function freeEndedLeases(
  tx: TxCtx,
  licenseId: string,
): Promise<void> {
  await tx.db.$executeRaw`
    UPDATE activations SET freed_at = expires_at
    WHERE license_id = ${toUuid(licenseId)}::uuid AND freed_at IS NULL AND expires_at <= ${tx.now()}`;
}

export async function freeAll(tx: TxCtx, licenseId: string): Promise<number> {
  const { count } = await tx.db.activation.updateMany({
    where: { license_id: toUuid(licenseId), freed_at: null },
    data: { freed_at: tx.now() },
  });
  return count;
}

/** How many were freed since an instant, leases that are given back aside: that is their use. */
export async function countFreed(
  tx: TxCtx,
  licenseId: string,
  since: Date,
): Promise<number> {
  return tx.db.activation.count({
    where: {
      license_id: toUuid(licenseId),
      freed_at: { gt: since },
      expires_at: null,
    },
  });
}

function liveAt(now: Date): Prisma.ActivationWhereInput {
  return {
    freed_at: null,
    OR: [{ expires_at: null }, { expires_at: { gt: now } }],
  };
}

type Row = Prisma.ActivationGetPayload<object>;

function toActivation(row: Row): Activation {
  return {
    id: fromUuid("act", row.id),
    license_id: fromUuid("lic", row.license_id),
    kind: row.kind as ActivationKind, // Safe: a CHECK constraint.
    identifier: row.identifier,
    name: row.name,
    last_heartbeat_at: row.last_heartbeat_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
