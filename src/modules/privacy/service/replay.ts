import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { ErasureLine } from "@/platform/erasure-register";
import {
  findErasureOf,
  insertErasure,
  listDone,
  updateErasure,
} from "../queries/erasures";
import { findSubjects } from "../queries/subjects";
import { queueErasure } from "./erasure";
import { workOnErasure } from "./erasure-work";
import { archiveCustomer, isErased } from "../queries/erase";

/**
 * Erase again who was erased since a backup that was restored: nobody asks any more what is owed.
 * The answer names those that wait for something. Needs customers:erase.
 */
export async function replayErasures(
  ctx: Ctx,
  lines: ErasureLine[],
): Promise<{
  erased: number;
  waiting: { id: string; waits_for: string | null }[];
}> {
  authorize(ctx, "customers:erase");
  let erased = 0;
  const waiting: { id: string; waits_for: string | null }[] = [];
  for (const id of new Set(lines.map((line) => line.customer_id))) {
    if (!(await findSubjects(ctx, id)) || (await isErased(ctx, id))) continue;
    const erasureId = await transaction(ctx, async (tx) => {
      await archiveCustomer(tx, id);
      const open = await findErasureOf(tx, id);
      const isOpen = open && !["done", "canceled"].includes(open.status);
      if (isOpen) await updateErasure(tx, open.id, { status: "waiting" });
      const made = isOpen
        ? open
        : await insertErasure(tx, {
            ...{ customerId: id, status: "waiting", dueAt: tx.now() },
            by: { kind: "system", name: "restore", id: null },
          });
      await queueErasure(tx, made.id);
      return made.id;
    });
    await workOnErasure(ctx, erasureId);
    const after = await findErasureOf(ctx, id);
    if (after?.status === "done") erased += 1;
    else waiting.push({ id, waits_for: after?.waits_for ?? null });
  }
  return { erased, waiting };
}

/** All erasures that are done, as the register has them. Needs customers:erase. */
export async function listErasures(ctx: Ctx): Promise<ErasureLine[]> {
  authorize(ctx, "customers:erase");
  return listDone(ctx);
}
