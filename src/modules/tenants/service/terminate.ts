import { settings } from "@/modules/settings";
import type { TxCtx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import { driverOf } from "../drivers/drivers";
import type { BackupKind } from "../contract";
import {
  insertBackup,
  newBackupId,
  type StoredBackup,
} from "../queries/backups";
import { updateTenant, type StoredTenant } from "../queries/tenants";
import { startJob } from "./start";

const day = 24 * 60 * 60;

/** Have a tenant deleted, after a last backup of one that was ever ready. */
export async function startTermination(
  tx: TxCtx,
  before: StoredTenant,
): Promise<StoredTenant> {
  const after = await updateTenant(tx, before.id, { status: "deleting" });
  const backup = before.ready_at ? await planBackup(tx, before, "final") : null;
  const input = backup ? { safety_backup_id: backup.id } : {};
  await startJob(tx, "terminate", input, before, after);
  return after;
}

/** A backup that a job is going to make. */
export async function planBackup(
  tx: TxCtx,
  tenant: StoredTenant,
  kind: BackupKind,
): Promise<StoredBackup> {
  const id = newBackupId();
  const { backup_keep_days } = (await settings(tx)).tenants;
  const isKept = kind === "manual" || kind === "scheduled";
  return insertBackup(tx, {
    id,
    tenantId: tenant.id,
    kind,
    ref: driverOf(tenant.driver).backupRefOf(id),
    // Scheduled ones go by their number, and those that people made when they say so.
    expiresAt: isKept ? null : addSeconds(tx.now(), backup_keep_days * day),
  });
}
