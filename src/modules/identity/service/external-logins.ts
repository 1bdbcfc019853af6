import { record } from "@/modules/audit";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { Email } from "@/shared/fields";
import type { ExternalLogin, LoginProvider } from "../contract/external-logins";
import {
  deleteExternalLogins,
  findExternalLogins,
  findLoginOwner,
  insertExternalLogin,
} from "../queries/external-logins";
import { hasPendingInvitation } from "../queries/invitations";
import { findAccount, findAccountById, type Account } from "../queries/people";
import { passesSecondFactor, refuseUnready } from "./credentials";
import { ownAccount } from "./person";
import { openSession, type SignedIn } from "./sessions";

/** Who somebody is at a provider, as the provider has shown to us, and not to the browser. */
export type ExternalIdentity = {
  provider: LoginProvider;
  /** the person's id there, which outlives addresses */
  subject: string;
  /** null where the provider tells none, or has not verified it */
  verifiedEmail: string | null;
};

/** Why somebody whom a provider knows is not signed in; the sign-in page has words for each. */
export type ExternalRefusal =
  | "EXTERNAL_UNVERIFIED"
  | "EXTERNAL_UNKNOWN"
  | "EXTERNAL_INVITED"
  | "EXTERNAL_DISABLED";

/**
 * Open a browser's session for somebody whom a provider knows: the person whom that account was
 * linked to, or else the one with the verified address, who is linked by it. Answers why not
 * otherwise. Throws TWO_FACTOR_REQUIRED, EMAIL_NOT_VERIFIED, RATE_LIMITED as signing in by password.
 * @param code of the authenticator, where two-factor is on
 */
export async function signInExternally(
  ctx: Ctx,
  identity: ExternalIdentity,
  code?: string,
): Promise<SignedIn | ExternalRefusal | null> {
  const linked = await findLoginOwner(ctx, identity);
  const account = linked
    ? await findAccountById(ctx, linked)
    : await findByAddress(ctx, identity);
  if (typeof account === "string") return account;
  if (!account) return "EXTERNAL_UNKNOWN";
  if (account.is_disabled) return "EXTERNAL_DISABLED";
  refuseUnready(account, code);
  if (!(await passesSecondFactor(ctx, account, code))) return null;
  if (!linked) await link(ctx, identity, account);
  return (await openSession(ctx, account, "browser")) ?? "EXTERNAL_UNKNOWN";
}

/** One's own providers. */
export async function listExternalLogins(
  ctx: Ctx,
): Promise<{ items: ExternalLogin[] }> {
  const { id } = await ownAccount(ctx);
  return { items: await findExternalLogins(ctx, id) };
}

/** Unlink one of one's own. Throws NOT_FOUND, and CONFLICT for who has no password to sign in by. */
export async function unlinkExternalLogin(ctx: Ctx, provider: LoginProvider) {
  const account = await ownAccount(ctx);
  if (!account.password_hash)
    throw new DomainError(
      "CONFLICT",
      "You have no password to sign in by then. Set one first: ask for a reset link on the sign-in page.",
    );
  return transaction(ctx, async (tx) => {
    if ((await deleteExternalLogins(tx, account.id, provider)) === 0)
      throw notFound("linked sign-in");
    await record(tx, {
      action: "external_login.unlinked",
      target: { kind: "user", id: account.id },
      before: { provider },
    });
    return { done: true as const };
  });
}

// An address that the provider has not verified could be anybody's.
async function findByAddress(
  ctx: Ctx,
  { verifiedEmail }: ExternalIdentity,
): Promise<Account | ExternalRefusal> {
  const email = Email.safeParse(verifiedEmail);
  if (!email.success) return "EXTERNAL_UNVERIFIED";
  const account = await findAccount(ctx, email.data);
  if (account && (account.staff_role !== null || account.customers.length > 0))
    return account;
  const isInvited = await hasPendingInvitation(ctx, email.data);
  return isInvited ? "EXTERNAL_INVITED" : "EXTERNAL_UNKNOWN";
}

async function link(
  ctx: Ctx,
  { provider, subject }: ExternalIdentity,
  { id: userId }: Account,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (!(await insertExternalLogin(tx, { provider, subject, userId }))) return;
    await record(tx, {
      action: "external_login.linked",
      target: { kind: "user", id: userId },
      after: { provider },
    });
    await emit(tx, {
      name: "external_login.linked",
      payload: { user_id: userId, provider },
    });
  });
}
