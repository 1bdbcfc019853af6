import type { Ctx, TxCtx } from "@/platform/context";
import { markCommitted } from "../idempotency";
import { prisma } from "./index";

/**
 * Run `work` in one transaction: the write, its audit row and its event commit together or not
 * at all. Inside another transaction it joins that one. No network call belongs in here.
 */
export async function transaction<T>(
  ctx: Ctx,
  work: (tx: TxCtx) => Promise<T>,
): Promise<T> {
  if (isTx(ctx)) return work(ctx);
  return prisma().$transaction(async (db) => {
    const tx: TxCtx = { ...ctx, db, inTransaction: true };
    const result = await work(tx);
    if (ctx.claim) await markCommitted(tx, ctx.claim);
    return result;
  });
}

function isTx(ctx: Ctx): ctx is TxCtx {
  return "inTransaction" in ctx;
}
