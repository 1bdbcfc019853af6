import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Done } from "./accounts";

/** Where else people may have an account that signs them in here. */
export const LoginProvider = z.enum(["oidc", "google", "github"]);
export type LoginProvider = z.output<typeof LoginProvider>;

/** A person's account at a sign-in provider. */
export const ExternalLogin = z
  .object({ provider: LoginProvider, created_at: z.iso.datetime() })
  .meta({ id: "ExternalLogin" });
export type ExternalLogin = z.output<typeof ExternalLogin>;

const people = ["staff", "customer"] as const;

export const externalLoginsApi = {
  list: endpoint({
    id: "externalLogins.list",
    method: "GET",
    path: "/v1/auth/external-logins",
    summary: "List the providers that sign one in",
    audience: people,
    response: z.object({ items: z.array(ExternalLogin) }),
  }),
  unlink: endpoint({
    id: "externalLogins.unlink",
    method: "DELETE",
    path: "/v1/auth/external-logins/{provider}",
    summary: "Unlink a provider; one's password signs in then",
    audience: people,
    params: z.object({ provider: LoginProvider }),
    response: Done,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
