import { record } from "@/modules/audit";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { refund, spend } from "@/platform/rate-limit";
import { DomainError, invalid } from "@/shared/errors";
import type { RecoveryCodes, TwoFactorEnrollment } from "../contract/sessions";
import type { Account } from "../queries/people";
import {
  clearTwoFactor,
  confirmTwoFactor,
  findTwoFactor,
  insertTwoFactor,
  replaceRecoveryCodes,
} from "../queries/two-factor";
import { makeRecoveryCode } from "../recovery-code";
import { authenticatorUri, makeAuthenticatorSecret, stepOfCode } from "../totp";
import { confirmPassword } from "./credentials";
import { ownAccount } from "./person";
import {
  guesses,
  hashCode,
  opened,
  sealed,
  takeSecondFactor,
} from "./second-factor";

const recoveryCodes = 10;

/** A new secret for one's authenticator; it counts once `confirm` was given a code of it. */
export async function enrollTwoFactor(
  ctx: Ctx,
  { password }: { password: string },
): Promise<TwoFactorEnrollment> {
  const account = await ownAccount(ctx);
  if (account.has_two_factor) throw isOn();
  await requirePassword(ctx, account, password);
  const secret = makeAuthenticatorSecret();
  return transaction(ctx, async (tx) => {
    await insertTwoFactor(tx, account.id, sealed(account.id, secret));
    return { secret, uri: authenticatorUri(secret, account.email) };
  });
}

/** Turn two-factor on. Throws CONFLICT without an enrollment, VALIDATION_FAILED on a wrong code. */
export async function turnOnTwoFactor(
  ctx: Ctx,
  { code }: { code: string },
): Promise<RecoveryCodes> {
  const account = await ownAccount(ctx);
  if (account.has_two_factor) throw isOn();
  const found = await findTwoFactor(ctx, account.id);
  if (!found)
    throw new DomainError(
      "CONFLICT",
      "Ask for a secret first: POST /api/v1/auth/two-factor/enroll.",
    );
  await spend(guesses, account.id);
  const step = await stepOfCode(
    opened(account.id, found.secret),
    code,
    ctx.now(),
  );
  if (step === null) throw wrongCode();
  await refund(guesses, account.id);
  return transaction(ctx, async (tx) => {
    if (!(await confirmTwoFactor(tx, account.id, step))) throw isOn();
    await told(tx, account.id, "two_factor.enabled");
    return { recovery_codes: await newCodes(tx, account.id) };
  });
}

/** Turn two-factor off. Throws CONFLICT when it is off, VALIDATION_FAILED. */
export async function turnOffTwoFactor(
  ctx: Ctx,
  given: { password: string; code: string },
) {
  const account = await confirmed(ctx, given);
  return transaction(ctx, async (tx) => {
    await clearTwoFactor(tx, account.id);
    await told(tx, account.id, "two_factor.disabled");
    return { done: true as const };
  });
}

/** New recovery codes; the old ones end. Throws CONFLICT when two-factor is off. */
export async function renewRecoveryCodes(
  ctx: Ctx,
  given: { password: string; code: string },
): Promise<RecoveryCodes> {
  const account = await confirmed(ctx, given);
  return transaction(ctx, async (tx) => {
    await record(tx, {
      action: "two_factor.codes_renewed",
      target: { kind: "user", id: account.id },
    });
    return { recovery_codes: await newCodes(tx, account.id) };
  });
}

async function confirmed(
  ctx: Ctx,
  { password, code }: { password: string; code: string },
): Promise<Account> {
  const account = await ownAccount(ctx);
  if (!account.has_two_factor)
    throw new DomainError("CONFLICT", "Two-factor sign-in is off.");
  await requirePassword(ctx, account, password);
  if (!(await takeSecondFactor(ctx, account.id, code))) throw wrongCode();
  return account;
}

async function requirePassword(ctx: Ctx, account: Account, password: string) {
  if (await confirmPassword(ctx, account, password)) return;
  throw invalid([{ field: "body.password", message: "is not your password" }]);
}

async function newCodes(tx: TxCtx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, makeRecoveryCode);
  await replaceRecoveryCodes(tx, userId, codes.map(hashCode));
  return codes;
}

async function told(
  tx: TxCtx,
  userId: string,
  name: "two_factor.enabled" | "two_factor.disabled",
) {
  await record(tx, { action: name, target: { kind: "user", id: userId } });
  await emit(tx, { name, payload: { user_id: userId } });
}

function isOn(): DomainError {
  return new DomainError("CONFLICT", "Two-factor sign-in is on already.");
}

function wrongCode(): DomainError {
  return invalid([
    {
      field: "body.code",
      message: "does not fit, or was used already; wait for the next one",
    },
  ]);
}
