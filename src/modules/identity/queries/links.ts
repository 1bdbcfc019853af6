import type { TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";

/** Keep a link's HMAC in place of older ones of the same person and purpose. */
export async function insertLink(
  tx: TxCtx,
  link: { userId: string; purpose: string; hash: Buffer; expiresAt: Date },
): Promise<void> {
  const { userId, purpose, hash, expiresAt } = link;
  const user_id = toUuid(userId);
  await tx.db.accountLink.deleteMany({
    where: { user_id, purpose, used_at: null },
  });
  await tx.db.accountLink.create({
    data: {
      id: toUuid(newId("req")),
      user_id,
      purpose,
      hash: new Uint8Array(hash),
      expires_at: expiresAt,
      created_at: tx.now(),
    },
  });
}

/** Use a link up; of several callers at once, one gets its person. */
export async function takeLink(
  tx: TxCtx,
  purpose: string,
  hash: Buffer,
): Promise<{ userId: string } | null> {
  const where = { hash: new Uint8Array(hash), purpose };
  const { count } = await tx.db.accountLink.updateMany({
    where: { ...where, used_at: null, expires_at: { gt: tx.now() } },
    data: { used_at: tx.now() },
  });
  if (count === 0) return null;
  const link = await tx.db.accountLink.findUniqueOrThrow({ where });
  return { userId: fromUuid("usr", link.user_id) };
}
