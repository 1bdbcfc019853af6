import type { Ctx, TxCtx } from "@/platform/context";
import { toUuid } from "@/shared/ids";

/** A person's sealed secret, whether or not it was confirmed; null for none. */
export async function findTwoFactor(
  ctx: Ctx,
  userId: string,
): Promise<{ secret: Uint8Array } | null> {
  const row = await ctx.db.user.findUnique({
    where: { id: toUuid(userId) },
    select: { two_factor_secret: true },
  });
  return row?.two_factor_secret ? { secret: row.two_factor_secret } : null;
}

/** Keep a secret that is not confirmed yet, in place of an older one. */
export async function insertTwoFactor(
  tx: TxCtx,
  userId: string,
  sealed: Buffer,
): Promise<void> {
  await tx.db.user.updateMany({
    where: { id: toUuid(userId), two_factor_at: null },
    data: { two_factor_secret: new Uint8Array(sealed), two_factor_step: null },
  });
}

/** Have the secret count from now on; false when one does already. */
export async function confirmTwoFactor(
  tx: TxCtx,
  userId: string,
  step: number,
): Promise<boolean> {
  const { count } = await tx.db.user.updateMany({
    where: {
      id: toUuid(userId),
      two_factor_at: null,
      two_factor_secret: { not: null },
    },
    data: { two_factor_at: tx.now(), two_factor_step: step },
  });
  return count === 1;
}

/** Use a time step up; false when it, or a later one, was used before. */
export async function takeStep(
  tx: TxCtx,
  userId: string,
  step: number,
): Promise<boolean> {
  const { count } = await tx.db.user.updateMany({
    where: {
      id: toUuid(userId),
      OR: [{ two_factor_step: null }, { two_factor_step: { lt: step } }],
    },
    data: { two_factor_step: step },
  });
  return count === 1;
}

export async function clearTwoFactor(tx: TxCtx, userId: string): Promise<void> {
  const user_id = toUuid(userId);
  await tx.db.recoveryCode.deleteMany({ where: { user_id } });
  await tx.db.user.update({
    where: { id: user_id },
    data: {
      two_factor_secret: null,
      two_factor_at: null,
      two_factor_step: null,
    },
  });
}

export async function replaceRecoveryCodes(
  tx: TxCtx,
  userId: string,
  hashes: Buffer[],
): Promise<void> {
  const user_id = toUuid(userId);
  await tx.db.recoveryCode.deleteMany({ where: { user_id } });
  await tx.db.recoveryCode.createMany({
    data: hashes.map((hash) => ({ user_id, hash: new Uint8Array(hash) })),
  });
}

/** Use a recovery code up, once. Answers how many are left; null when it is not one. */
export async function takeRecoveryCode(
  tx: TxCtx,
  userId: string,
  hash: Buffer,
): Promise<number | null> {
  const user_id = toUuid(userId);
  const { count } = await tx.db.recoveryCode.updateMany({
    where: { user_id, hash: new Uint8Array(hash), used_at: null },
    data: { used_at: tx.now() },
  });
  if (count === 0) return null;
  return tx.db.recoveryCode.count({ where: { user_id, used_at: null } });
}
