import { assertUnchanged } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { Capability } from "@/shared/capabilities";
import { DomainError, notFound } from "@/shared/errors";
import type {
  BackupKind,
  SuspendInput,
  Tenant,
  TenantBackup,
  TenantJob,
} from "../contract";
import { findModules } from "../queries/parts";
import { updateTenant, type StoredTenant } from "../queries/tenants";
import { followBilling } from "./billing";
import { limitsOf, overLimits } from "./limits";
import { shown } from "./shown";
import { assertIdle, startJob } from "./start";
import { planBackup } from "./terminate";
import { getReadyBackup, holdTenant } from "./tenants";
import { toldOfTenant } from "./told";

/** Have a module installed, and those that it needs. Needs tenants:write; throws NOT_FOUND, CONFLICT. */
export async function installModule(
  ctx: Ctx,
  id: string,
  name: string,
): Promise<TenantJob> {
  return onActive(ctx, id, "modules", async (tx, tenant) => {
    const known = await findModules(tx, id);
    const found = known.find((one) => one.name === name);
    // Before the driver has told of any, it is the one to say.
    if (!found && known.length > 0) throw notFound("module");
    if (found?.is_installed)
      throw new DomainError("CONFLICT", `${found.title} is installed already.`);
    await assertStorage(tx, tenant);
    return startJob(tx, "install_module", { module: name }, tenant, tenant);
  });
}

/** Have a module uninstalled, with its data. Needs tenants:write; throws NOT_FOUND, CONFLICT. */
export async function uninstallModule(
  ctx: Ctx,
  id: string,
  name: string,
): Promise<TenantJob> {
  return onActive(ctx, id, "modules", async (tx, tenant) => {
    const known = await findModules(tx, id);
    const found = known.find((one) => one.name === name);
    if (!found) throw notFound("module");
    if (!found.is_installed)
      throw new DomainError("CONFLICT", `${found.title} is not installed.`);
    const dependents = known.filter(
      (one) => one.is_installed && one.depends_on.includes(name),
    );
    if (dependents.length > 0)
      throw new DomainError(
        "CONFLICT",
        `${found.title} is needed by ${dependents.map(({ title }) => title).join(", ")}. Uninstall that first.`,
        { needed_by: dependents.map((one) => one.name) },
      );
    return startJob(tx, "uninstall_module", { module: name }, tenant, tenant);
  });
}

/** Have a tenant backed up. Needs tenants:write; throws NOT_FOUND, CONFLICT. */
export async function backUpTenant(
  ctx: Ctx,
  id: string,
  kind: BackupKind = "manual",
): Promise<TenantBackup> {
  return onActive(ctx, id, "backups", async (tx, tenant) => {
    const { ref: _, ...backup } = await planBackup(tx, tenant, kind);
    await startJob(tx, "backup", { backup_id: backup.id }, tenant, tenant);
    return backup;
  });
}

/** Bring a tenant back to a backup; what it is now is backed up first. Needs tenants:write. */
export async function restoreTenant(
  ctx: Ctx,
  id: string,
  backupId: string,
): Promise<TenantJob> {
  return onActive(ctx, id, "backups", async (tx, tenant) => {
    const backup = await getReadyBackup(tx, id, backupId);
    const safety = await planBackup(tx, tenant, "before_restore");
    const input = { backup_id: backup.id, safety_backup_id: safety.id };
    return startJob(tx, "restore", input, tenant, tenant);
  });
}

/** Suspend a tenant until staff take it back. Needs tenants:write; throws NOT_FOUND, CONFLICT. */
export async function suspendTenant(
  ctx: Ctx,
  id: string,
  { reason }: SuspendInput,
): Promise<Tenant> {
  authorize(ctx, "tenants:write");
  const suspended = await transaction(ctx, async (tx) => {
    const before = await holdTenant(tx, id);
    await assertUnchanged(tx, "tenant", before);
    await assertIdle(tx, before);
    if (before.status === "suspended" && before.suspended_by === "billing")
      return keepSuspended(tx, before, reason);
    if (before.status !== "active") throw notActive(before);
    const after = await updateTenant(tx, id, {
      ...{ status: "suspended", suspended_by: "staff" },
      ...{ suspended_at: tx.now(), suspend_reason: reason ?? null },
    });
    await startJob(tx, "suspend", {}, before, after);
    return after;
  });
  return shown(ctx, suspended);
}

/** Take a suspension back; it follows billing again. Needs tenants:write; throws NOT_FOUND, CONFLICT. */
export async function unsuspendTenant(ctx: Ctx, id: string): Promise<Tenant> {
  authorize(ctx, "tenants:write");
  const back = await transaction(ctx, async (tx) => {
    const before = await holdTenant(tx, id);
    await assertUnchanged(tx, "tenant", before);
    await assertIdle(tx, before);
    if (before.status !== "suspended")
      throw new DomainError("CONFLICT", `${before.name} is not suspended.`);
    const after = await updateTenant(tx, id, { suspended_by: "billing" });
    await followBilling(tx, id);
    const now = await holdTenant(tx, id);
    if (before.suspended_by === "billing" && (await isIdle(tx, now)))
      throw new DomainError(
        "CONFLICT",
        `${before.suspend_reason ?? "Billing suspended it"}. It comes back by itself when that is settled.`,
      );
    // Staff let go of it; billing does not yet.
    if (before.suspended_by === "staff" && (await isIdle(tx, now)))
      await toldOfTenant(tx, "tenant.suspension_left", before, now);
    return after;
  });
  return shown(ctx, back);
}

async function onActive<T>(
  ctx: Ctx,
  id: string,
  capability: Capability,
  work: (tx: TxCtx, tenant: StoredTenant) => Promise<T>,
): Promise<T> {
  authorize(ctx, "tenants:write", capability);
  return transaction(ctx, async (tx) => {
    const tenant = await holdTenant(tx, id);
    await assertIdle(tx, tenant);
    if (tenant.status !== "active") throw notActive(tenant);
    return work(tx, tenant);
  });
}

// Paying will not bring it back any more.
async function keepSuspended(
  tx: TxCtx,
  before: StoredTenant,
  reason: string | undefined,
): Promise<StoredTenant> {
  const after = await updateTenant(tx, before.id, {
    ...{ suspended_by: "staff", terminate_at: null },
    suspend_reason: reason ?? before.suspend_reason,
  });
  await toldOfTenant(tx, "tenant.suspension_kept", before, after);
  return after;
}

async function isIdle(tx: TxCtx, tenant: StoredTenant): Promise<boolean> {
  return assertIdle(tx, tenant).then(
    () => true,
    () => false,
  );
}

async function assertStorage(tx: TxCtx, tenant: StoredTenant): Promise<void> {
  const limits = await limitsOf(tx, tenant.customer_id);
  if (overLimits(tenant, limits).includes("storage"))
    throw new DomainError(
      "CONFLICT",
      `${tenant.name} uses more storage than the plan allows. Choose a larger plan, or delete something in it.`,
      { used: tenant.storage_bytes, limit: limits.storageBytes },
    );
}

function notActive({ name, status }: StoredTenant): DomainError {
  return new DomainError(
    "CONFLICT",
    `${name} is ${status}: this needs an active tenant.`,
    { status },
  );
}
