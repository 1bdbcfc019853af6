import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { ExternalLogin, LoginProvider } from "../contract/external-logins";

/** The person whose account at a provider it is, by public id. */
export async function findLoginOwner(
  ctx: Ctx,
  key: { provider: LoginProvider; subject: string },
): Promise<string | null> {
  const row = await ctx.db.externalLogin.findUnique({
    where: {
      provider_subject: { provider: key.provider, subject: key.subject },
    },
  });
  return row && fromUuid("usr", row.user_id);
}

/** Link an account at a provider to a person; false when it is linked already. */
export async function insertExternalLogin(
  tx: TxCtx,
  login: { provider: LoginProvider; subject: string; userId: string },
): Promise<boolean> {
  const { provider, subject, userId } = login;
  const { count } = await tx.db.externalLogin.createMany({
    data: [
      { provider, subject, user_id: toUuid(userId), created_at: tx.now() },
    ],
    skipDuplicates: true,
  });
  return count === 1;
}

/** A person's providers, the first linked first. */
export async function findExternalLogins(
  ctx: Ctx,
  userId: string,
): Promise<ExternalLogin[]> {
  const rows = await ctx.db.externalLogin.findMany({
    where: { user_id: toUuid(userId) },
    distinct: ["provider"],
    orderBy: { created_at: "asc" },
  });
  return rows.map(({ provider, created_at }) => ({
    provider: provider as LoginProvider, // Safe: a CHECK constraint.
    created_at: created_at.toISOString(),
  }));
}

/** Forget a person's accounts at a provider. Answers how many there were. */
export async function deleteExternalLogins(
  tx: TxCtx,
  userId: string,
  provider: LoginProvider,
): Promise<number> {
  const { count } = await tx.db.externalLogin.deleteMany({
    where: { user_id: toUuid(userId), provider },
  });
  return count;
}
