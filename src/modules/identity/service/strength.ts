import { settings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { invalid } from "@/shared/errors";
import { weakness } from "../password";

/** Throws VALIDATION_FAILED when a password is too weak for this person, or too short for the seller. */
export async function refuseWeak(
  ctx: Ctx,
  password: string,
  email: string,
  field = "body.password",
): Promise<void> {
  const { security } = await settings(ctx);
  const message =
    password.length < security.password_minimum
      ? `must have at least ${security.password_minimum} characters`
      : weakness(password, email);
  if (message) throw invalid([{ field, message }]);
}
