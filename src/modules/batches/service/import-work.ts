import {
  createCustomer,
  removeCustomer,
  type BlockerCheck,
} from "@/modules/customers";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import {
  claimLine,
  findImport,
  findLines,
  findStuckImports,
  lockImport,
  setImportStatus,
  setLine,
  type StoredImport,
} from "../queries/imports";
import { queueImport } from "./import";

const lookedUpAtOnce = 50;
/** As with batches: other work comes in between. */
const turnSeconds = 5;
const stuckSeconds = 60;

/**
 * Go on with an import, or with undoing one, for some seconds. A line and what became of it commit
 * together. `checks` say what stands in the way of deleting a customer again.
 */
export async function workOnImport(
  ctx: Ctx,
  id: string,
  checks: BlockerCheck[],
): Promise<void> {
  const end = addSeconds(ctx.now(), turnSeconds);
  for (;;) {
    const found = await findImport(ctx, id);
    const isOpen = found?.status === "running" || found?.status === "undoing";
    if (!found || !isOpen) return;
    if (ctx.now() >= end) return transaction(ctx, (tx) => queueImport(tx, id));
    const result = found.status === "running" ? "waiting" : "made";
    const lines = await findLines(ctx, id, result, lookedUpAtOnce);
    if (lines.length === 0) return finish(ctx, id);
    // As the one who asked, so that the log names them.
    const theirs = { ...ctx, actor: found.actor, requestId: found.request_id };
    for (const line of lines) {
      if (ctx.now() >= end) break;
      if (result === "waiting") await makeOne(theirs, found, line);
      else await removeOne(theirs, found, line, checks);
    }
  }
}

/** Take up the imports whose job died. */
export async function resumeImports(ctx: Ctx): Promise<void> {
  const since = addSeconds(ctx.now(), -stuckSeconds);
  for (const id of await findStuckImports(ctx, since))
    await transaction(ctx, (tx) => queueImport(tx, id));
}

async function makeOne(
  ctx: Ctx,
  { id }: StoredImport,
  line: number,
): Promise<void> {
  const settle = (reason: string | null) =>
    transaction(ctx, async (tx) => {
      const claimed = await claimLine(tx, id, line, "waiting");
      if (!claimed) return;
      if (reason !== null)
        return setLine(tx, id, line, { result: "refused", reason });
      const customer = await createCustomer(tx, claimed.input);
      await setLine(tx, id, line, { result: "made", customerId: customer.id });
    });
  await orRefused(settle);
}

async function removeOne(
  ctx: Ctx,
  { id }: StoredImport,
  line: number,
  checks: BlockerCheck[],
): Promise<void> {
  const settle = (reason: string | null) =>
    transaction(ctx, async (tx) => {
      const claimed = await claimLine(tx, id, line, "made");
      if (!claimed?.customerId) return;
      if (reason !== null)
        return setLine(tx, id, line, { result: "kept", reason });
      await removeUnlessGone(tx, claimed.customerId, checks);
      await setLine(tx, id, line, { result: "removed" });
    });
  await orRefused(settle);
}

// Somebody may have deleted it already.
async function removeUnlessGone(
  tx: TxCtx,
  customerId: string,
  checks: BlockerCheck[],
): Promise<void> {
  try {
    await removeCustomer(tx, customerId, checks);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "NOT_FOUND"))
      throw error;
  }
}

async function orRefused(
  settle: (reason: string | null) => Promise<void>,
): Promise<void> {
  try {
    await settle(null);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await settle(error.message.slice(0, 500));
  }
}

async function finish(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const found = await lockImport(tx, id);
    if (found?.status !== "running" && found?.status !== "undoing") return;
    const isMade = found.status === "running";
    await setImportStatus(tx, id, isMade ? "done" : "undone");
    await emit(tx, { name: "import.finished", payload: { import_id: id } });
  });
}
