import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { hashSecret, isSecret, makeSecret } from "@/platform/secret";
import { addSeconds } from "@/shared/time";
import { insertLink, takeLink } from "../queries/links";
import { findAccountById } from "../queries/people";

/** What a mailed link is for. */
export type LinkPurpose = "verify_email" | "reset_password";

const kinds = {
  verify_email: { prefix: "vl_", seconds: 3 * 24 * 60 * 60 },
  reset_password: { prefix: "rp_", seconds: 60 * 60 },
} as const;

/**
 * A fresh one-time link for a person, in place of older ones of its purpose; null when the
 * account is gone or disabled. For the job that mails it: only its HMAC is stored.
 */
export async function makeAccountLink(
  ctx: Ctx,
  { userId, purpose }: { userId: string; purpose: LinkPurpose },
) {
  const { prefix, seconds } = kinds[purpose];
  return transaction(ctx, async (tx) => {
    const account = await findAccountById(tx, userId);
    if (!account || account.is_disabled) return null;
    const token = makeSecret(prefix);
    const expiresAt = addSeconds(tx.now(), seconds);
    const hash = hashSecret(purpose, token);
    await insertLink(tx, { userId, purpose, hash, expiresAt });
    const { email, full_name: name, language } = account;
    return { token, email, name, language, expiresAt };
  });
}

/** Use a link up, once; null when it is unknown, used or expired. */
export async function useAccountLink(
  tx: TxCtx,
  { token, purpose }: { token: string; purpose: LinkPurpose },
): Promise<{ userId: string } | null> {
  if (!isSecret(kinds[purpose].prefix, token)) return null;
  return takeLink(tx, purpose, hashSecret(purpose, token));
}
