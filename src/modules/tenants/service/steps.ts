import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { Refusal, type Driver, type Place } from "../driver";
import type { StepName } from "../plan-of-job";
import { findBackup, updateBackup } from "../queries/backups";
import type { StoredJob } from "../queries/jobs";
import { insertLogs, replaceModules } from "../queries/parts";
import { noteTenant, setLogCursor } from "../queries/tenants";

/** What a step has to do with. */
export type Work = {
  ctx: Ctx;
  job: StoredJob;
  place: Place;
  driver: Driver;
  isFirstTry: boolean;
};

type Step = {
  run(work: Work): Promise<void>;
  /** takes back what `run` did, or had begun to do */
  undo?(work: Work): Promise<void>;
};

/** What each step does. All of it may be done again after it was cut off. */
export const steps: Record<StepName, Step> = {
  // From here on what has this name is ours: it is not there yet, and no other tenant may have it.
  claim: {
    async run({ driver, place }) {
      if (await driver.exists(place))
        throw new Refusal(
          `There is something called ${place.ref} already, which is not ours.`,
          true,
        );
    },
  },
  create: {
    run: ({ driver, place, isFirstTry }) => driver.create(place, isFirstTry),
    undo: ({ driver, place }) => driver.abandon(place),
  },
  install_modules: {
    async run({ driver, place, job }) {
      for (const name of job.input.modules ?? [])
        await driver.installModule(place, name);
    },
  },
  find: {
    async run({ driver, place }) {
      if (!(await driver.exists(place)))
        throw new Refusal(`There is nothing called ${place.ref}.`, true);
    },
  },
  install_module: {
    run: ({ driver, place, job }) =>
      driver.installModule(place, job.input.module ?? ""),
  },
  uninstall_module: {
    run: ({ driver, place, job }) =>
      driver.uninstallModule(place, job.input.module ?? ""),
  },
  safety_backup: {
    undo: (work) => safetyBackup.undo(work),
    async run(work) {
      const { ctx, driver, place, job } = work;
      const id = job.input.safety_backup_id;
      // What is gone cannot be kept, and can still be deleted, or restored from an older copy.
      if (id && !(await driver.exists(place)))
        return updateBackup(ctx, id, { status: "failed" });
      return safetyBackup.run(work);
    },
  },
  backup: backing(({ input }) => input.backup_id),
  restore: {
    async run({ ctx, driver, place, job }) {
      const backup = await backupOf(ctx, job, job.input.backup_id);
      if (backup?.status !== "ready")
        throw new Refusal("The backup is gone. Choose another one.", true);
      await driver.restore(place, backup.ref, job.id);
    },
    undo: ({ driver, place, job }) => driver.cancelRestore(place, job.id),
  },
  suspend: { run: ({ driver, place }) => driver.suspend(place) },
  unsuspend: { run: ({ driver, place }) => driver.unsuspend(place) },
  drop: { run: ({ driver, place }) => driver.drop(place) },
  look: { run: ({ ctx, driver, place }) => look(ctx, driver, place) },
};

const safetyBackup = backing(({ input }) => input.safety_backup_id);

/** Read what a tenant has now: modules, users, bytes. */
export async function look(
  ctx: Ctx,
  driver: Driver,
  place: Place,
): Promise<void> {
  const modules = await driver.listModules(place);
  const measured = await driver.usage(place);
  await transaction(ctx, (tx) => replaceModules(tx, place.tenantId, modules));
  await noteTenant(ctx, place.tenantId, measured);
}

/** Take over what the driver's own log says since it was read last. */
export async function readLogs(
  ctx: Ctx,
  driver: Driver,
  place: Place,
  after: bigint,
): Promise<void> {
  if (!driver.readLogs) return;
  const { entries, cursor } = await driver.readLogs(place, after);
  if (cursor === after) return;
  await transaction(ctx, async (tx) => {
    await insertLogs(tx, place.tenantId, driver.name, entries);
    await setLogCursor(tx, place.tenantId, cursor);
  });
}

function backing(idOf: (job: StoredJob) => string | undefined): Required<Step> {
  return {
    async run({ ctx, driver, place, job }) {
      const backup = await backupOf(ctx, job, idOf(job));
      if (!backup || backup.status === "ready") return;
      const { bytes } = await driver.backup(place, backup.ref);
      await updateBackup(ctx, backup.id, {
        status: "ready",
        bytes,
        ready_at: ctx.now(),
      });
    },
    async undo({ ctx, driver, place, job }) {
      const backup = await backupOf(ctx, job, idOf(job));
      if (!backup || backup.status === "ready") return;
      await driver.dropBackup(place, backup.ref);
      await updateBackup(ctx, backup.id, { status: "failed" });
    },
  };
}

async function backupOf(ctx: Ctx, job: StoredJob, id: string | undefined) {
  return id ? findBackup(ctx, job.tenantId, id) : null;
}
