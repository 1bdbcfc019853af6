import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { Done } from "./accounts";
import { GivenPassword, SecondFactor } from "./password";

/** One signed-in browser or API client. */
export const Session = z
  .object({
    id: idOf("ses"),
    kind: z.enum(["browser", "api"]),
    is_current: z.boolean(),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    created_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "Session" });
export type Session = z.output<typeof Session>;

/** A secret for an authenticator that is not in force before a code of it was given. */
export const TwoFactorEnrollment = z
  .object({
    secret: z.string().meta({ description: "base32" }),
    uri: z.string().meta({ description: "otpauth://, for a QR code" }),
  })
  .meta({ id: "TwoFactorEnrollment" });
export type TwoFactorEnrollment = z.output<typeof TwoFactorEnrollment>;

export const RecoveryCodes = z
  .object({ recovery_codes: z.array(z.string()) })
  .meta({ id: "RecoveryCodes" });
export type RecoveryCodes = z.output<typeof RecoveryCodes>;

const people = ["staff", "customer"] as const;
const PasswordOnly = z.strictObject({ password: GivenPassword });

export const sessionsApi = {
  list: endpoint({
    id: "sessions.list",
    method: "GET",
    path: "/v1/auth/sessions",
    summary: "List one's own sessions",
    audience: people,
    response: z.object({ items: z.array(Session) }),
  }),
  revoke: endpoint({
    id: "sessions.revoke",
    method: "DELETE",
    path: "/v1/auth/sessions/{session_id}",
    summary: "End one of one's own sessions",
    audience: people,
    params: z.object({ session_id: idOf("ses") }),
    response: Done,
    errors: ["NOT_FOUND"],
  }),
};

export const twoFactorApi = {
  enroll: endpoint({
    id: "twoFactor.enroll",
    method: "POST",
    path: "/v1/auth/two-factor/enroll",
    summary: "Get a secret for an authenticator app",
    audience: people,
    limit: "auth",
    isOpen: true,
    body: PasswordOnly,
    response: TwoFactorEnrollment,
    errors: ["CONFLICT"],
  }),
  confirm: endpoint({
    id: "twoFactor.confirm",
    method: "POST",
    path: "/v1/auth/two-factor/confirm",
    summary:
      "Turn two-factor on with a first code; recovery codes are shown this once",
    audience: people,
    limit: "auth",
    isOpen: true,
    body: z.strictObject({ code: SecondFactor }),
    response: RecoveryCodes,
    errors: ["CONFLICT"],
  }),
  disable: endpoint({
    id: "twoFactor.disable",
    method: "POST",
    path: "/v1/auth/two-factor/disable",
    summary: "Turn two-factor off",
    audience: people,
    limit: "auth",
    body: z.strictObject({ password: GivenPassword, code: SecondFactor }),
    response: Done,
    errors: ["CONFLICT"],
  }),
  renewCodes: endpoint({
    id: "twoFactor.renewCodes",
    method: "POST",
    path: "/v1/auth/two-factor/recovery-codes",
    summary: "Make new recovery codes in place of the old ones",
    audience: people,
    limit: "auth",
    body: z.strictObject({ password: GivenPassword, code: SecondFactor }),
    response: RecoveryCodes,
    errors: ["CONFLICT"],
  }),
};
