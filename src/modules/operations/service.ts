import { record } from "@/modules/audit";
import { listIntegrations } from "@/modules/settings";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { version } from "@/platform/version";
import { notFound } from "@/shared/errors";
import { mostFailures, type System } from "./contract";
import {
  deleteFailedJob,
  findFailedJobs,
  findQueue,
  findSizes,
  findVersions,
  findWorkers,
  lockFailedJob,
  requeueJob,
} from "./queries";

const largestTables = 12;

/** How the installation stands. Needs settings:read. */
export async function getSystem(ctx: Ctx): Promise<System> {
  authorize(ctx, "settings:read");
  const [versions, queue, failures, workers, database, integrations] =
    await Promise.all([
      findVersions(),
      findQueue(ctx),
      findFailedJobs(ctx, mostFailures),
      findWorkers(ctx),
      findSizes(ctx, largestTables),
      listIntegrations(ctx),
    ]);
  return {
    versions: { app: version, node: process.versions.node, ...versions },
    database,
    queue: { ...queue, failures },
    workers,
    integrations: integrations.map(({ name, state }) => ({
      name,
      is_on: state === "on",
    })),
  };
}

/** Try a job that failed for good once more, with all of its tries. Needs settings:write; throws NOT_FOUND. */
export function retryJob(ctx: Ctx, id: string): Promise<{ done: true }> {
  return settle(ctx, id, "job.retried", requeueJob);
}

/** Give a job up that failed for good. Needs settings:write; throws NOT_FOUND. */
export function discardJob(ctx: Ctx, id: string): Promise<{ done: true }> {
  return settle(ctx, id, "job.discarded", deleteFailedJob);
}

async function settle(
  ctx: Ctx,
  id: string,
  action: "job.retried" | "job.discarded",
  work: (tx: TxCtx, id: string) => Promise<void>,
): Promise<{ done: true }> {
  authorize(ctx, "settings:write");
  return transaction(ctx, async (tx) => {
    const task = await lockFailedJob(tx, id);
    if (task === null) throw notFound("failed job");
    await work(tx, id);
    await record(tx, {
      action,
      target: { kind: "job", id },
      before: { task },
    });
    return { done: true };
  });
}
