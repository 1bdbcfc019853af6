import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { refund, spend, type Budget } from "@/platform/rate-limit";
import { seal, unseal } from "@/platform/seal";
import { hashSecret } from "@/platform/secret";
import {
  findTwoFactor,
  takeRecoveryCode,
  takeStep,
} from "../queries/two-factor";
import { plainCode } from "../recovery-code";
import { stepOfCode } from "../totp";
import { tellOfSignIn } from "./sign-in-told";

const purpose = "two-factor";
// Guessing six digits with three of a million right: hopeless at ten tries an hour.
export const guesses: Budget = {
  name: "second-factor",
  points: 10,
  seconds: 3_600,
};

/**
 * Whether a code is the person's, and use it up: a code of the authenticator and a recovery code
 * work once. Throws RATE_LIMITED after ten tries in an hour.
 */
export async function takeSecondFactor(
  ctx: Ctx,
  userId: string,
  given: string,
): Promise<boolean> {
  await spend(guesses, userId);
  const found = await findTwoFactor(ctx, userId);
  if (!found) return false;
  const fits = await transaction(ctx, async (tx) => {
    if (/^\d{6}$/.test(given)) {
      const step = await stepOfCode(
        opened(userId, found.secret),
        given,
        ctx.now(),
      );
      return step !== null && takeStep(tx, userId, step);
    }
    const left = await takeRecoveryCode(tx, userId, hashCode(given));
    if (left === null) return false;
    await emit(tx, {
      name: "recovery_code.used",
      payload: { user_id: userId, left },
    });
    return true;
  });
  if (fits) await refund(guesses, userId);
  else tellOfSignIn(ctx, "second_factor_failed");
  return fits;
}

/** What a recovery code is kept as. */
export function hashCode(code: string): Buffer {
  return hashSecret("recovery-code", plainCode(code));
}

// Bound to its person: copied to another row, a secret opens nothing.
export function sealed(userId: string, secret: string): Buffer {
  return seal(purpose, Buffer.from(userId), secret);
}

export function opened(userId: string, stored: Uint8Array): string {
  return unseal(purpose, Buffer.from(userId), Buffer.from(stored));
}
