import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";

export async function insertRefreshToken(
  tx: TxCtx,
  token: { sessionId: string; hash: Buffer; expiresAt: Date },
): Promise<void> {
  await tx.db.refreshToken.create({
    data: {
      id: toUuid(newId("req")),
      session_id: toUuid(token.sessionId),
      hash: new Uint8Array(token.hash),
      expires_at: token.expiresAt,
      created_at: tx.now(),
    },
  });
}

/** Use a token up; of several callers at once, one gets its session. */
export async function takeRefreshToken(
  tx: TxCtx,
  hash: Buffer,
): Promise<string | null> {
  const where = { hash: new Uint8Array(hash) };
  const { count } = await tx.db.refreshToken.updateMany({
    where: { ...where, used_at: null, expires_at: { gt: tx.now() } },
    data: { used_at: tx.now() },
  });
  if (count === 0) return null;
  const row = await tx.db.refreshToken.findUniqueOrThrow({ where });
  return fromUuid("ses", row.session_id);
}

/** The session of a token that was used before; null for an unknown or expired one. */
export async function findUsedToken(
  ctx: Ctx,
  hash: Buffer,
): Promise<string | null> {
  const row = await ctx.db.refreshToken.findFirst({
    where: { hash: new Uint8Array(hash), used_at: { not: null } },
  });
  return row && fromUuid("ses", row.session_id);
}
