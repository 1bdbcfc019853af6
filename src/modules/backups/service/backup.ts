import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { alone } from "@/platform/alone";
import {
  readBackup,
  restoreBackup,
  type Restored,
} from "@/platform/backup/restore";
import { writeBackup, type Written } from "@/platform/backup/write";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import {
  lateHours,
  type DatabaseBackup,
  type DatabaseBackups,
} from "../contract";
import {
  failRunning,
  findBeginning,
  findLast,
  findOlder,
  insertBackup,
  plan,
  updateBackup,
} from "../queries/backups";

const day = 24 * 60 * 60;

/**
 * Write a backup of the whole database into a file, as it is at one instant, and read it back; others go on
 * with their work. Needs settings:write; throws CONFLICT while another is being made.
 */
export async function backUp(ctx: Ctx, file: string): Promise<Written> {
  authorize(ctx, "settings:write");
  const target = path.resolve(file);
  const written = await alone("backup", async () => {
    await failRunning(ctx); // of processes that died: whoever is alive has the lock
    return write(ctx, target);
  });
  if (!written)
    throw new DomainError(
      "CONFLICT",
      "Another backup is being made. Try again when it is ready.",
    );
  return written;
}

async function write(ctx: Ctx, target: string): Promise<Written> {
  await mkdir(path.dirname(target), { recursive: true });
  const id = await insertBackup(ctx, target);
  try {
    const written = await writeBackup(target, plan, ctx.now());
    const { bytes, rows, tables } = written;
    await readBackup(target);
    await updateBackup(ctx, id, {
      ...{ status: "ready", bytes, rows, tables },
      ...{ finished_at: ctx.now(), verified_at: ctx.now() },
    });
    return written;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await updateBackup(ctx, id, {
      ...{ status: "failed", error: message.slice(0, 500) },
      finished_at: ctx.now(),
    });
    throw error;
  }
}

/** What a backup holds. Throws words when it is not whole, or was changed since. */
export async function verifyBackup(file: string): Promise<Restored> {
  return readBackup(path.resolve(file));
}

/** Fill the database from a backup; it is counted and summed up before it counts. Needs settings:write. */
export async function restore(
  ctx: Ctx,
  file: string,
  options: { overwrite: boolean },
): Promise<Restored> {
  authorize(ctx, "settings:write");
  return restoreBackup(path.resolve(file), plan, options);
}

/** After a restore: the backup that wrote it is no longer under way. Needs settings:write. */
export async function forgetRunning(ctx: Ctx): Promise<void> {
  authorize(ctx, "settings:write");
  await failRunning(ctx);
}

/** The last backup that was made, and the last that was tried. Needs settings:read. */
export async function lastBackups(ctx: Ctx): Promise<DatabaseBackups> {
  authorize(ctx, "settings:read");
  const { BACKUP_DIR, BACKUP_KEEP_DAYS } = env();
  const [ready, last] = await Promise.all([
    findLast(ctx, "ready"),
    findLast(ctx),
  ]);
  return {
    is_nightly: BACKUP_DIR !== undefined,
    kept_days: BACKUP_KEEP_DAYS,
    is_late: await isLate(ctx, ready),
    ...{ ready, last },
  };
}

/** Make the backup of the night, and delete those whose days are over. Nothing without BACKUP_DIR. */
export async function backUpNightly(ctx: Ctx): Promise<void> {
  const { BACKUP_DIR, BACKUP_KEEP_DAYS } = env();
  if (!BACKUP_DIR) return;
  const name = `tollkeeper-${ctx.now().toISOString().replace(/[:.]/g, "-")}.backup.gz`;
  const { bytes, rows } = await backUp(ctx, path.join(BACKUP_DIR, name));
  ctx.log.info({ file: name, bytes, rows }, "backed up");
  const before = addSeconds(ctx.now(), -BACKUP_KEEP_DAYS * day);
  for (const { id, file } of await findOlder(ctx, before)) {
    // What somebody had written elsewhere is theirs.
    if (path.dirname(file) !== path.resolve(BACKUP_DIR)) continue;
    await rm(file, { force: true });
    await updateBackup(ctx, id, { status: "deleted" });
  }
}

/** Tell staff once a day while the last backup is older than a day and a half. */
export async function watchBackups(ctx: Ctx): Promise<void> {
  if (!env().BACKUP_DIR) return;
  const ready = await findLast(ctx, "ready");
  if (!(await isLate(ctx, ready))) return;
  const last = await findLast(ctx);
  await transaction(ctx, (tx) =>
    emit(tx, {
      name: "backup.failed",
      payload: { last: ready?.started_at ?? null, error: last?.error ?? null },
    }),
  );
}

async function isLate(
  ctx: Ctx,
  ready: DatabaseBackup | null,
): Promise<boolean> {
  const since = ready ? new Date(ready.started_at) : await findBeginning(ctx);
  return since !== null && since < addSeconds(ctx.now(), -lateHours * 60 * 60);
}
