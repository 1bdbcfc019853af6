import { insertRows } from "@/platform/db/rows";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newIdAt, toUuid } from "@/shared/ids";
import type { LogQuery, TenantLog, TenantModule } from "../contract";
import type { LogEntry, ModuleState } from "../driver";

/** Keep what the driver said last of its modules. */
export async function replaceModules(
  tx: TxCtx,
  tenantId: string,
  modules: ModuleState[],
): Promise<void> {
  const tenant_id = toUuid(tenantId);
  await tx.db.tenantModule.deleteMany({ where: { tenant_id } });
  await insertRows(
    tx,
    "tenant_modules",
    modules.map((module) => ({
      tenant_id,
      name: module.name,
      title: module.title,
      summary: module.summary,
      version: module.version,
      is_installed: module.isInstalled,
      depends_on: module.dependsOn,
    })),
  );
}

/** The modules of a tenant, installed ones first. */
export async function findModules(
  ctx: Ctx,
  tenantId: string,
): Promise<TenantModule[]> {
  const rows = await ctx.db.tenantModule.findMany({
    where: { tenant_id: toUuid(tenantId) },
    orderBy: [{ is_installed: "desc" }, { title: "asc" }, { name: "asc" }],
  });
  return rows.map(({ tenant_id: _, depends_on, ...module }) => ({
    ...module,
    depends_on: depends_on as string[], // Safe: replaceModules wrote it.
  }));
}

export async function insertLogs(
  ctx: Ctx,
  tenantId: string,
  source: string,
  entries: LogEntry[],
): Promise<void> {
  await ctx.db.tenantLog.createMany({
    data: entries.map(({ level, message, at }) => ({
      id: toUuid(newIdAt("tlg", at)),
      tenant_id: toUuid(tenantId),
      level,
      source,
      message: message.slice(0, 2_000),
      created_at: at,
    })),
  });
}

/** One page of a tenant's log, newest first, and one entry more. */
export async function findLogs(
  ctx: Ctx,
  tenantId: string,
  { cursor, limit, level }: LogQuery,
): Promise<TenantLog[]> {
  const rows = await ctx.db.tenantLog.findMany({
    where: {
      tenant_id: toUuid(tenantId),
      ...(level && { level }),
      ...(cursor && { id: { lt: toUuid(cursor) } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return rows.map(({ id, level, source, message, created_at }) => ({
    id: fromUuid("tlg", id),
    level: level as TenantLog["level"], // Safe: a CHECK constraint.
    ...{ source, message },
    created_at: created_at.toISOString(),
  }));
}

export async function deleteLogs(ctx: Ctx, before: Date): Promise<number> {
  const { count } = await ctx.db.tenantLog.deleteMany({
    where: { created_at: { lt: before } },
  });
  return count;
}
