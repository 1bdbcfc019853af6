import { Readable } from "node:stream";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, unavailable } from "@/shared/errors";
import { utcDay } from "@/shared/time";
import { Refusal, type BackupFile } from "../driver";
import type { StoredBackup } from "../queries/backups";
import type { StoredTenant } from "../queries/tenants";
import { placeOf } from "./place";
import { getReadyBackup, readTenant } from "./tenants";
import { toldOfTenant } from "./told";

/**
 * A backup as a file, read from its driver as the caller takes it; it is all that a tenant has, so
 * that it is for those who may change it. Needs tenants:write; throws NOT_FOUND, CONFLICT,
 * UNAVAILABLE.
 */
export async function downloadBackup(ctx: Ctx, id: string, backupId: string) {
  authorize(ctx, "tenants:write");
  const tenant = await readTenant(ctx, id);
  const backup = await getReadyBackup(ctx, id, backupId);
  if (!mayTakeBackups(ctx))
    throw new DomainError(
      "FORBIDDEN",
      "Who views the portal as a customer takes no data of theirs away. Download it from the tenant’s own page.",
    );
  const file = await opened(ctx, tenant, backup);
  try {
    await transaction(ctx, (tx) =>
      toldOfTenant(tx, "tenant.backup_downloaded", tenant, tenant, {
        subject: backup.id,
      }),
    );
  } catch (error) {
    file.stream.destroy();
    throw error;
  }
  return {
    name: `${tenant.subdomain}-${utcDay(new Date(backup.created_at))}.${file.ending}`,
    type: file.type,
    // Safe: the stream's chunks are bytes.
    stream: Readable.toWeb(file.stream) as ReadableStream<Uint8Array>,
  };
}

/** Whether the actor may have backups as files, where it may change tenants. */
export function mayTakeBackups({ actor }: Pick<Ctx, "actor">): boolean {
  return !(actor.kind === "customer" && actor.viewer);
}

async function opened(
  ctx: Ctx,
  tenant: StoredTenant,
  backup: StoredBackup,
): Promise<BackupFile> {
  const { place, driver } = await placeOf(ctx, tenant);
  try {
    return await driver.readBackup(place, backup.ref);
  } catch (error) {
    if (error instanceof Refusal)
      throw new DomainError("CONFLICT", error.message);
    ctx.log.warn({ err: error, tenant: tenant.id }, "a backup was not read");
    throw unavailable("What keeps this tenant");
  }
}
