import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Email, Language, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { customerRoles, staffRoles } from "@/shared/permissions";
import { GivenPassword, Password, SecondFactor } from "./password";

/** Who is signed in, and for whom. */
export const Profile = z
  .object({
    id: idOf("usr"),
    email: z.string(),
    full_name: z.string(),
    language: z.string(),
    email_verified: z.boolean(),
    two_factor: z.boolean(),
    must_change_password: z.boolean(),
    staff_role: z.enum(staffRoles).nullable(),
    customer: z
      .object({ id: idOf("cus"), role: z.enum(customerRoles) })
      .nullable()
      .meta({ description: "the customer that the session acts for" }),
  })
  .meta({ id: "Profile" });
export type Profile = z.output<typeof Profile>;

export const ProfilePatch = z
  .strictObject({ full_name: text(120), language: Language })
  .partial()
  .meta({ id: "ProfilePatch" });
export type ProfilePatch = z.output<typeof ProfilePatch>;

export const LoginInput = z
  .strictObject({
    email: z.string().max(300),
    password: GivenPassword,
    code: SecondFactor.optional().meta({
      description:
        "when two-factor is on: of the authenticator, or a recovery code",
    }),
  })
  .meta({ id: "LoginInput" });
export type LoginInput = z.output<typeof LoginInput>;

export const Tokens = z
  .object({
    access_token: z.string().meta({ description: "a JWT, for an hour" }),
    refresh_token: z
      .string()
      .meta({ description: "for 30 days; each works once" }),
    token_type: z.literal("Bearer"),
    expires_in: z.number().int().meta({ description: "seconds" }),
    user: Profile,
  })
  .meta({ id: "Tokens" });
export type Tokens = z.output<typeof Tokens>;

export const PasswordChange = z
  .strictObject({ current_password: GivenPassword, new_password: Password })
  .meta({ id: "PasswordChange" });
export type PasswordChange = z.output<typeof PasswordChange>;

export const PasswordReset = z
  .strictObject({ token: z.string().min(1).max(200), password: Password })
  .meta({ id: "PasswordReset" });
export type PasswordReset = z.output<typeof PasswordReset>;

/** What is said to an address that may or may not be known. */
export const MailNotice = z
  .object({ message: z.string() })
  .meta({ id: "MailNotice" });

export const Done = z.object({ done: z.literal(true) }).meta({ id: "Done" });

const AddressInput = z
  .strictObject({ email: Email })
  .meta({ id: "AddressInput" });
const people = ["staff", "customer"] as const;

export const accountsApi = {
  login: endpoint({
    id: "accounts.login",
    method: "POST",
    path: "/v1/auth/login",
    summary: "Sign in for the API; browsers sign in at /sign-in",
    audience: ["public"],
    limit: "auth",
    body: LoginInput,
    response: Tokens,
    errors: ["TWO_FACTOR_REQUIRED"],
    example: { email: "ada@example.com", password: "a long sentence is best" },
  }),
  refresh: endpoint({
    id: "accounts.refresh",
    method: "POST",
    path: "/v1/auth/refresh",
    summary:
      "Change a refresh token for new tokens; using one twice ends the session",
    audience: ["public"],
    limit: "auth",
    body: z.strictObject({ refresh_token: z.string().min(1).max(200) }),
    response: Tokens,
    errors: ["UNAUTHENTICATED"],
    example: { refresh_token: "rt_…" },
  }),
  logout: endpoint({
    id: "accounts.logout",
    method: "POST",
    path: "/v1/auth/logout",
    summary: "End the session that the call is made with",
    audience: people,
    isOpen: true,
    response: Done,
  }),
  profile: endpoint({
    id: "accounts.profile",
    method: "GET",
    path: "/v1/auth/profile",
    summary: "Get who is signed in",
    audience: people,
    isOpen: true,
    response: Profile,
  }),
  updateProfile: endpoint({
    id: "accounts.updateProfile",
    method: "PUT",
    path: "/v1/auth/profile",
    summary: "Change one's name or language",
    audience: people,
    body: ProfilePatch,
    response: Profile,
    example: { full_name: "Ada Lovelace" },
  }),
  changePassword: endpoint({
    id: "accounts.changePassword",
    method: "POST",
    path: "/v1/auth/change-password",
    summary: "Change one's password; every other session ends",
    audience: people,
    limit: "auth",
    isOpen: true,
    body: PasswordChange,
    response: Done,
  }),
  forgotPassword: endpoint({
    id: "accounts.forgotPassword",
    method: "POST",
    path: "/v1/auth/forgot-password",
    summary: "Have a link mailed that sets a new password",
    description: "Answers alike whether or not anybody has the address.",
    audience: ["public"],
    limit: "auth",
    status: 202,
    body: AddressInput,
    response: MailNotice,
    example: { email: "ada@example.com" },
  }),
  resetPassword: endpoint({
    id: "accounts.resetPassword",
    method: "POST",
    path: "/v1/auth/reset-password",
    summary: "Set a new password with a mailed link; every session ends",
    audience: ["public"],
    limit: "auth",
    body: PasswordReset,
    response: Done,
    errors: ["GONE"],
    example: { token: "rp_…", password: "another long sentence" },
  }),
  resendVerification: endpoint({
    id: "accounts.resendVerification",
    method: "POST",
    path: "/v1/auth/resend-verification",
    summary: "Have the link mailed again that verifies an address",
    description: "Answers alike whether or not anybody has the address.",
    audience: ["public"],
    limit: "auth",
    status: 202,
    body: AddressInput,
    response: MailNotice,
    example: { email: "ada@example.com" },
  }),
};
