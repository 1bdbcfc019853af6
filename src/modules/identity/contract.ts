import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Email, Instant, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { permissions } from "@/shared/permissions";
import { Password } from "./contract/password";

export const SetupInput = z
  .strictObject({
    token: z.string().min(1).max(200),
    email: Email,
    full_name: text(120),
    password: Password,
  })
  .meta({ id: "SetupInput" });
export type SetupInput = z.output<typeof SetupInput>;

export const Person = z
  .object({ id: idOf("usr"), email: z.string(), full_name: z.string() })
  .meta({ id: "Person" });

export const Scope = z.enum(permissions);

/** An integrator's secret for the API; the secret itself is in the answer to its creation only. */
export const ServiceToken = z
  .object({
    id: idOf("stk"),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(Scope),
    status: z.enum(["active", "expired", "revoked"]),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "ServiceToken" });
export type ServiceToken = z.output<typeof ServiceToken>;

export const ServiceTokenInput = z
  .strictObject({
    name: text(120),
    scopes: z.array(Scope).min(1).max(permissions.length),
    expires_at: Instant.nullish(),
  })
  .meta({ id: "ServiceTokenInput" });
export type ServiceTokenInput = z.output<typeof ServiceTokenInput>;

export const identityApi = {
  setUp: endpoint({
    id: "identity.setUp",
    method: "POST",
    path: "/v1/set-up",
    summary: "Make the first owner, by the link that the first start prints",
    audience: ["public"],
    limit: "auth",
    status: 201,
    body: SetupInput,
    response: Person,
    errors: ["GONE"],
    example: {
      token: "su_…",
      email: "ada@example.com",
      full_name: "Ada Lovelace",
      password: "a long sentence is best",
    },
  }),
  listServiceTokens: endpoint({
    id: "identity.listServiceTokens",
    method: "GET",
    path: "/v1/service-tokens",
    summary: "List service tokens",
    audience: ["staff"],
    permission: "settings:read",
    response: z.object({ items: z.array(ServiceToken) }),
  }),
  issueServiceToken: endpoint({
    id: "identity.issueServiceToken",
    method: "POST",
    path: "/v1/service-tokens",
    summary: "Issue a service token; its secret is shown this once",
    audience: ["staff"],
    permission: "settings:write",
    status: 201,
    body: ServiceTokenInput,
    response: ServiceToken.extend({ token: z.string() }).meta({
      id: "IssuedServiceToken",
    }),
    example: { name: "Website", scopes: ["access:check", "usage:write"] },
  }),
  revokeServiceToken: endpoint({
    id: "identity.revokeServiceToken",
    method: "DELETE",
    path: "/v1/service-tokens/{token_id}",
    summary: "Revoke a service token",
    audience: ["staff"],
    permission: "settings:write",
    params: z.object({ token_id: idOf("stk") }),
    response: ServiceToken,
    errors: ["NOT_FOUND"],
  }),
};

export {
  staffApi,
  type StaffInvitation,
  type StaffMember,
} from "./contract/staff";
