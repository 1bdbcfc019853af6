import * as z from "zod";

/** A password that somebody chooses; the common ones are refused by the service. */
export const Password = z
  .string()
  .min(12, "must have at least 12 characters")
  .max(200)
  .refine((value) => value.isWellFormed() && !value.includes("\u0000"), {
    error: "must not contain NUL or broken Unicode characters",
  });

/** A password that somebody claims to be theirs. */
export const GivenPassword = z.string().min(1).max(200);

/** Six digits of an authenticator, or a recovery code such as `k3mx-9wq2-7hd5`. */
export const SecondFactor = z.string().trim().min(6).max(20);
