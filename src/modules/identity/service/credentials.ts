import { settings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { refund, spend } from "@/platform/rate-limit";
import { DomainError } from "@/shared/errors";
import { Email } from "@/shared/fields";
import { verifyPassword } from "../password-hash";
import { findAccount, type Account } from "../queries/people";
import { tellOfSignIn } from "./sign-in-told";
import { takeSecondFactor } from "./second-factor";

export type Credentials = {
  email: string;
  password: string;
  /** of the authenticator, or a recovery code; empty as not given */
  code?: string | undefined;
};

/**
 * The account that the credentials fit, or null, which takes as long for an address that nobody
 * has. Failures count against the address and against the caller's IP.
 */
export async function checkCredentials(
  ctx: Ctx,
  credentials: Credentials,
): Promise<Account | null> {
  const account = await fittingAccount(ctx, credentials);
  if (!account) tellOfSignIn(ctx, "sign_in_failed");
  return account;
}

async function fittingAccount(
  ctx: Ctx,
  { email: given, password, code }: Credentials,
): Promise<Account | null> {
  // What is no address is looked for as one that nobody has.
  const email = Email.catch("nobody@invalid").parse(given);
  const settle = await takeTry(ctx, email);
  const account = await findAccount(ctx, email);
  const fits = await fitsPassword(account, password);
  const mayAct =
    account &&
    !account.is_disabled &&
    (account.staff_role !== null || account.customers.length > 0);
  if (!fits || !mayAct) return null;
  if (!(await passesSecondFactor(ctx, account, code))) return null;
  await settle();
  refuseUnready(account, code);
  return account;
}

/**
 * Whether the code, if one was given and two-factor is on, is the person's; it is used up then.
 * `refuseUnready` says that one is missing.
 */
export async function passesSecondFactor(
  ctx: Ctx,
  account: Account,
  code: string | undefined,
): Promise<boolean> {
  if (!account.has_two_factor || !code) return true;
  return takeSecondFactor(ctx, account.id, code);
}

/** Throws EMAIL_NOT_VERIFIED, and TWO_FACTOR_REQUIRED where a code is needed and none was given. */
export function refuseUnready(
  account: Account,
  code: string | undefined,
): void {
  if (!account.is_verified)
    throw new DomainError(
      "EMAIL_NOT_VERIFIED",
      "Open the link in the mail that was sent to you, then sign in.",
    );
  if (account.has_two_factor && !code)
    throw new DomainError(
      "TWO_FACTOR_REQUIRED",
      "Send `code` too: six digits of your authenticator, or a recovery code.",
    );
}

/** Whether a signed-in person knows their password; throws RATE_LIMITED after many failures. */
export async function confirmPassword(
  ctx: Ctx,
  account: Account,
  password: string,
): Promise<boolean> {
  const settle = await takeTry(ctx, account.email);
  const fits = await fitsPassword(account, password);
  if (fits) await settle();
  return fits;
}

function fitsPassword(account: Account | null, password: string) {
  return verifyPassword(
    account?.password_hash ?? null,
    password.slice(0, 1_000),
  );
}

/**
 * Take a try from the address's and the IP's budget, before the work, so that tries at once count
 * too. Throws RATE_LIMITED. Answers how to give it back when the person was right.
 */
async function takeTry(ctx: Ctx, email: string) {
  const { limits } = await settings(ctx);
  const budget = { name: "sign-in", points: limits.auth_per_minute };
  const subjects = [`email:${email.slice(0, 200)}`, `ip:${ctx.ip ?? "none"}`];
  for (const subject of subjects)
    await spend(budget, subject).catch((error: unknown) => {
      if (error instanceof DomainError) tellOfSignIn(ctx, "locked_out");
      throw error;
    });
  return async () => {
    for (const subject of subjects) await refund(budget, subject);
  };
}
