import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "./transaction";

/**
 * Run a query that matches few rows, in an order that has an index: they are found by what they
 * match and then sorted. Left alone, PostgreSQL may walk the index of the order through the whole
 * table, since it does not know how few they are, or that they lie together.
 */
export async function sortingFew<T>(
  ctx: Ctx,
  run: (tx: TxCtx) => Promise<T>,
): Promise<T> {
  return transaction(ctx, async (tx) => {
    await tx.db.$executeRaw`SET LOCAL enable_indexscan = off`;
    const result = await run(tx);
    await tx.db.$executeRaw`SET LOCAL enable_indexscan = on`;
    return result;
  });
}
