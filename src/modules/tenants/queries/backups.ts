import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow, type PageQuery } from "@/shared/page";
import type { BackupKind, TenantBackup } from "../contract";

export type StoredBackup = TenantBackup & { ref: string };

export const newBackupId = () => newId("tbk");

export async function insertBackup(
  tx: TxCtx,
  backup: {
    id: string;
    tenantId: string;
    kind: BackupKind;
    ref: string;
    expiresAt: Date | null;
  },
): Promise<StoredBackup> {
  const row = await tx.db.tenantBackup.create({
    data: {
      id: toUuid(backup.id),
      tenant_id: toUuid(backup.tenantId),
      kind: backup.kind,
      ref: backup.ref,
      expires_at: backup.expiresAt,
      created_at: tx.now(),
    },
  });
  return toBackup(row);
}

export async function findBackup(
  ctx: Ctx,
  tenantId: string,
  id: string,
): Promise<StoredBackup | null> {
  const row = await ctx.db.tenantBackup.findFirst({
    where: { id: toUuid(id), tenant_id: toUuid(tenantId) },
  });
  return row && toBackup(row);
}

/** A tenant's backups that are or will be there, newest first. */
export async function findBackups(
  ctx: Ctx,
  tenantId: string,
  query: PageQuery,
): Promise<{ items: StoredBackup[]; total: number }> {
  const where: Prisma.TenantBackupWhereInput = {
    tenant_id: toUuid(tenantId),
    status: { not: "deleted" },
  };
  const [rows, total] = await Promise.all([
    ctx.db.tenantBackup.findMany({
      where,
      orderBy: { id: "desc" },
      ...pageWindow(query),
    }),
    ctx.db.tenantBackup.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map(toBackup), total };
}

export async function updateBackup(
  ctx: Ctx,
  id: string,
  change: Prisma.TenantBackupUncheckedUpdateInput,
): Promise<void> {
  await ctx.db.tenantBackup.update({ where: { id: toUuid(id) }, data: change });
}

/** Active tenants of which no backup was begun since `before`. */
export async function findUnsaved(ctx: Ctx, before: Date): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tenants t
    WHERE t.status = 'active' AND t.ready_at <= ${before}
      AND NOT EXISTS (SELECT FROM tenant_backups b WHERE b.tenant_id = t.id AND b.created_at > ${before}
        AND b.status IN ('running', 'ready'))
      AND NOT EXISTS (SELECT FROM tenant_jobs j WHERE j.tenant_id = t.id AND j.finished_at IS NULL)
    ORDER BY t.id LIMIT 200`;
  return rows.map(({ id }) => fromUuid("tnt", id));
}

/** Backups whose time is over: past their day, or scheduled ones beyond the newest `keep`. */
export async function findOutlived(
  ctx: Ctx,
  keep: number,
): Promise<{ id: string; tenantId: string; ref: string }[]> {
  const rows = await ctx.db.$queryRaw<
    { id: string; tenant_id: string; ref: string }[]
  >`
    SELECT id, tenant_id, ref FROM (
      SELECT b.*, row_number() OVER (PARTITION BY tenant_id, kind ORDER BY id DESC) AS place
      FROM tenant_backups b WHERE status = 'ready'
    ) ranked
    WHERE expires_at <= ${ctx.now()} OR (kind = 'scheduled' AND place > ${keep})
    ORDER BY id LIMIT 200`;
  return rows.map(({ id, tenant_id, ref }) => ({
    id: fromUuid("tbk", id),
    tenantId: fromUuid("tnt", tenant_id),
    ref,
  }));
}

type Row = Prisma.TenantBackupGetPayload<object>;

function toBackup(row: Row): StoredBackup {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: fromUuid("tbk", row.id),
    tenant_id: fromUuid("tnt", row.tenant_id),
    kind: row.kind as BackupKind, // Safe, as below: CHECK constraints.
    status: row.status as TenantBackup["status"],
    ref: row.ref,
    bytes: row.bytes === null ? null : Number(row.bytes),
    ready_at: iso(row.ready_at),
    expires_at: iso(row.expires_at),
    created_at: row.created_at.toISOString(),
  };
}
