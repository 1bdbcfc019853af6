import { findSelected } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import {
  addItems,
  claimBatch,
  claimItem,
  deleteBatches,
  findBatch,
  findStuck,
  findWaiting,
  finishBatch,
  setResult,
  type StoredBatch,
} from "../queries/batches";
import { deleteImports } from "../queries/imports";
import { act } from "./act";
import { queue } from "./create";

const foundAtOnce = 2_000;
const lookedUpAtOnce = 50;
/** A job ends after this long and goes to the end of the queue: other work comes in between. */
const turnSeconds = 5;
const stuckSeconds = 60;
const keptDays = 90;
const day = 24 * 60 * 60;

/**
 * Go on with a batch for some seconds. What is done to a customer and the note that it was done
 * commit together, so a job that dies does nothing twice and leaves nothing out.
 */
export async function workOnBatch(ctx: Ctx, id: string): Promise<void> {
  const end = addSeconds(ctx.now(), turnSeconds);
  for (;;) {
    const batch = await findBatch(ctx, id);
    if (!batch || batch.status === "done") return;
    if (ctx.now() >= end) return transaction(ctx, (tx) => queue(tx, id));
    if (batch.status === "preparing") await findMore(ctx, id);
    else if (!(await actOnSome(ctx, batch, end))) return finish(ctx, id);
  }
}

/** Take up the batches whose job died. */
export async function resumeBatches(ctx: Ctx): Promise<void> {
  const since = addSeconds(ctx.now(), -stuckSeconds);
  for (const id of await findStuck(ctx, since))
    await transaction(ctx, (tx) => queue(tx, id));
}

/** Forget the batches and imports that were done long ago; what they did is in the audit log. */
export async function forgetBatches(ctx: Ctx): Promise<void> {
  const before = addSeconds(ctx.now(), -keptDays * day);
  const batches = await deleteBatches(ctx, before);
  ctx.log.info({ batches, imports: await deleteImports(ctx, before) });
}

async function findMore(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const batch = await claimBatch(tx, id);
    if (batch?.status !== "preparing") return;
    const { selection, found_to } = batch;
    const found = await findSelected(tx, selection, found_to, foundAtOnce);
    await addItems(tx, id, found, found.length < foundAtOnce);
  });
}

async function actOnSome(
  ctx: Ctx,
  batch: StoredBatch,
  end: Date,
): Promise<boolean> {
  const waiting = await findWaiting(ctx, batch.id, lookedUpAtOnce);
  // As the one who asked, so that the log names them.
  const theirs = { ...ctx, actor: batch.actor, requestId: batch.request_id };
  for (const customerId of waiting) {
    if (ctx.now() >= end) break;
    await actOnOne(theirs, batch, customerId);
  }
  return waiting.length > 0;
}

async function actOnOne(
  ctx: Ctx,
  batch: StoredBatch,
  customerId: string,
): Promise<void> {
  const settle = (reason: string | null) =>
    transaction(ctx, async (tx) => {
      if (!(await claimItem(tx, batch.id, customerId))) return;
      if (reason !== null)
        return setResult(tx, batch.id, customerId, "refused", reason);
      const isChanged = await act(tx, batch, customerId);
      const result = isChanged ? "done" : "unchanged";
      await setResult(tx, batch.id, customerId, result);
    });
  try {
    await settle(null);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await settle(error.message.slice(0, 500));
  }
}

async function finish(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const batch = await claimBatch(tx, id);
    // Another job that holds it finishes it.
    if (batch?.status !== "running") return;
    await finishBatch(tx, id);
    await emit(tx, { name: "batch.finished", payload: { batch_id: id } });
  });
}
