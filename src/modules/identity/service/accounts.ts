import { record } from "@/modules/audit";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid } from "@/shared/errors";
import type {
  PasswordChange,
  PasswordReset,
  Profile,
  ProfilePatch,
} from "../contract/accounts";
import { hashPassword } from "../password-hash";
import {
  findAccount,
  findAccountById,
  insertPerson,
  setPassword,
  setVerified,
  updatePerson,
  type Account,
} from "../queries/people";
import { revokeSessions } from "../queries/sessions";
import { confirmPassword } from "./credentials";
import { useAccountLink } from "./links";
import { ownAccount, refuseViewer } from "./person";
import { refuseWeak } from "./strength";

const mailed =
  "If that address has an account here, a mail is on its way to it.";

/** Who is signed in. */
export async function getProfile(ctx: Ctx): Promise<Profile> {
  return toProfile(ctx, await ownAccount(ctx));
}

/** Change one's own name or language. */
export async function updateProfile(
  ctx: Ctx,
  patch: ProfilePatch,
): Promise<Profile> {
  const before = await ownAccount(ctx);
  return transaction(ctx, async (tx) => {
    await updatePerson(tx, before.id, withoutUndefined(patch));
    await record(tx, {
      action: "profile.updated",
      target: { kind: "user", id: before.id },
      before: { full_name: before.full_name, language: before.language },
      after: {
        full_name: patch.full_name ?? before.full_name,
        language: patch.language ?? before.language,
      },
    });
    return toProfile(tx, { ...before, ...withoutUndefined(patch) });
  });
}

/** Choose another password; every other session of the person ends. Throws VALIDATION_FAILED. */
export async function changePassword(ctx: Ctx, input: PasswordChange) {
  const { sessionId } = refuseViewer(ctx);
  const account = await ownAccount(ctx);
  const { current_password: current, new_password: next } = input;
  if (!(await confirmPassword(ctx, account, current)))
    throw invalid([
      { field: "body.current_password", message: "is not your password" },
    ]);
  if (current === next)
    throw invalid([
      { field: "body.new_password", message: "is your password already" },
    ]);
  await refuseWeak(ctx, next, account.email, "body.new_password");
  const hash = await hashPassword(next);
  return transaction(ctx, async (tx) => {
    await keepPassword(tx, account.id, hash, sessionId);
    return { done: true as const };
  });
}

/** Have a link mailed that sets a password. Says the same whether or not anybody has the address. */
export async function forgetPassword(ctx: Ctx, { email }: { email: string }) {
  await transaction(ctx, (tx) =>
    emit(tx, { name: "password.reset_requested", payload: { email } }),
  );
  return { message: mailed };
}

/** Set a password by a mailed link; every session of the person ends. Throws GONE. */
export async function resetPassword(ctx: Ctx, input: PasswordReset) {
  const hash = await hashPassword(input.password);
  return transaction(ctx, async (tx) => {
    const used = await useAccountLink(tx, {
      token: input.token,
      purpose: "reset_password",
    });
    const account = used && (await findAccountById(tx, used.userId));
    if (!account || account.is_disabled) throw linkIsGone();
    await refuseWeak(tx, input.password, account.email);
    // Whoever read the mail has the address.
    await setVerified(tx, account.id);
    await keepPassword(tx, account.id, hash, null);
    return { done: true as const };
  });
}

/** Have the link mailed again that verifies an address. Says the same for any address. */
export async function requestVerification(
  ctx: Ctx,
  { email }: { email: string },
) {
  await transaction(ctx, async (tx) => {
    const account = await findAccount(tx, email);
    await emit(tx, {
      name: "user.verification_requested",
      // Nobody's id when there is nothing to verify: the same row is written for any address.
      payload: {
        user_id: account && !account.is_verified ? account.id : null,
      },
    });
  });
  return { message: mailed };
}

/**
 * Make an account that has yet to verify its address, for a customer who registers; null when
 * the address has one already, which its owner is told by mail, and nobody else.
 */
export async function registerPerson(
  tx: TxCtx,
  person: { email: string; full_name: string; password_hash: string },
): Promise<string | null> {
  const known = await findAccount(tx, person.email);
  if (known) {
    await emit(tx, {
      name: "user.registration_repeated",
      payload: { user_id: known.id },
    });
    return null;
  }
  const id = await insertPerson(tx, { ...person, isVerified: false });
  await emit(tx, { name: "user.registered", payload: { user_id: id } });
  return id;
}

/** Verify an address by its mailed link. Throws GONE. Answers the account. */
export async function verifyAddress(tx: TxCtx, token: string) {
  const used = await useAccountLink(tx, { token, purpose: "verify_email" });
  const account = used && (await findAccountById(tx, used.userId));
  if (!account || account.is_disabled) throw linkIsGone();
  if (await setVerified(tx, account.id))
    await record(tx, {
      action: "user.verified",
      target: { kind: "user", id: account.id },
    });
  return account;
}

/** 410 for a mailed link that is used, expired or never was. */
export function linkIsGone(): DomainError {
  return new DomainError(
    "GONE",
    "This link was used or has expired. Ask for a new one.",
  );
}

async function keepPassword(
  tx: TxCtx,
  userId: string,
  hash: string,
  keptSession: string | null,
) {
  await setPassword(tx, userId, hash);
  const ended = await revokeSessions(tx, userId, keptSession);
  await record(tx, {
    action: "password.changed",
    target: { kind: "user", id: userId },
    after: { sessions_ended: ended },
  });
  await emit(tx, { name: "password.changed", payload: { user_id: userId } });
}

function toProfile({ actor }: Ctx, account: Account): Profile {
  return {
    id: account.id,
    email: account.email,
    full_name: account.full_name,
    language: account.language,
    email_verified: account.is_verified,
    two_factor: account.has_two_factor,
    must_change_password: account.must_change_password,
    staff_role: account.staff_role,
    customer:
      actor.kind === "customer"
        ? { id: actor.customerId, role: actor.role }
        : null,
  };
}

function withoutUndefined({ full_name, language }: ProfilePatch) {
  return {
    ...(full_name !== undefined && { full_name }),
    ...(language !== undefined && { language }),
  };
}
