import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { LimitsInput, Limits } from "@/modules/limits/contract";
import { endpoint } from "@/shared/endpoint";
import { count, FlagParam, Instant, Metadata, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { Network } from "@/shared/network";
import { pageFields, pageOf } from "@/shared/page";

export const keyStatuses = [
  "active",
  "rotating",
  "disabled",
  "expired",
  "revoked",
] as const;
export const KeyStatus = z.enum(keyStatuses);
export type KeyStatus = z.output<typeof KeyStatus>;

/** A customer's API key, without its secret. */
export const Key = z
  .object({
    id: idOf("key"),
    customer_id: idOf("cus"),
    customer_name: z.string(),
    name: z.string(),
    prefix: z.string(),
    last_four: z.string(),
    status: KeyStatus.meta({
      description: "rotating: works until expires_at beside its successor",
    }),
    limits: Limits.nullable().meta({
      description: "limits of its own, beside its customer's; null for none",
    }),
    allowed_ips: z.array(z.string()).meta({
      description:
        "networks that calls may come from, in CIDR notation; empty is any",
    }),
    metadata: z.record(z.string(), z.unknown()),
    rotated_from: idOf("key").nullable(),
    expires_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Key" });
export type Key = z.output<typeof Key>;

/** A key in the one answer that holds its secret. */
export const IssuedKey = Key.extend({
  key: z.string().meta({ example: "sk_live_…" }),
}).meta({ id: "IssuedKey" });
export type IssuedKey = z.output<typeof IssuedKey>;

const fields = {
  name: text(120).optional(),
  limits: LimitsInput.nullish(),
  allowed_ips: z
    .array(Network)
    .max(50)
    .overwrite((networks) => [...new Set(networks)])
    .optional()
    .meta({
      description:
        "addresses or networks that calls may come from; empty is any. Checks of the key must then say the caller's ip.",
    }),
  expires_at: Instant.nullish(),
  metadata: Metadata.optional(),
};

export const KeyInput = z
  .strictObject({
    ...fields,
    customer_id: idOf("cus").optional().meta({
      description: "required, but for a customer's own people",
    }),
  })
  .meta({ id: "KeyInput" });
export type KeyInput = z.output<typeof KeyInput>;

export const CustomerKeyInput = z.strictObject(fields);

export const KeyPatch = z
  .strictObject({ ...fields, is_enabled: z.boolean().optional() })
  .meta({ id: "KeyPatch" });
export type KeyPatch = z.output<typeof KeyPatch>;

export const RotateInput = z
  .strictObject({
    overlap_seconds: count(0, 30 * 24 * 60 * 60)
      .default(0)
      .meta({ description: "how long the old key works on: 0 to 30 days" }),
  })
  .meta({ id: "RotateInput" });
export type RotateInput = z.output<typeof RotateInput>;

export const KeyQuery = z.strictObject({
  ...pageFields,
  customer_id: idOf("cus").optional(),
  include_revoked: FlagParam.optional(),
});
export type KeyQuery = z.output<typeof KeyQuery>;

const KeyId = z.object({ key_id: idOf("key") });
const readers = {
  audience: ["staff", "service", "customer"],
  permission: "keys:read",
} as const;
const writers = {
  audience: ["staff", "service", "customer"],
  permission: "keys:write",
} as const;

export const keysApi = {
  list: endpoint({
    id: "keys.list",
    method: "GET",
    path: "/v1/keys",
    summary: "List API keys",
    ...readers,
    query: KeyQuery,
    response: pageOf(Key),
  }),
  issue: endpoint({
    id: "keys.issue",
    capability: "keys",
    method: "POST",
    path: "/v1/keys",
    summary: "Issue an API key; its secret is shown this once",
    ...writers,
    status: 201,
    body: KeyInput,
    response: IssuedKey,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      customer_id: "cus_01jd0000000000000000000000",
      name: "Production",
    },
  }),
  listOfCustomer: endpoint({
    id: "keys.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/keys",
    summary: "List a customer's API keys",
    audience: ["staff", "service"],
    permission: "keys:read",
    params: CustomerId,
    query: KeyQuery.omit({ customer_id: true }),
    response: pageOf(Key),
    errors: ["NOT_FOUND"],
  }),
  issueToCustomer: endpoint({
    id: "keys.issueToCustomer",
    method: "POST",
    path: "/v1/customers/{customer_id}/keys",
    summary: "Issue an API key to a customer; its secret is shown this once",
    audience: ["staff", "service"],
    permission: "keys:write",
    status: 201,
    params: CustomerId,
    body: CustomerKeyInput,
    response: IssuedKey,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { name: "Production" },
  }),
  get: endpoint({
    id: "keys.get",
    method: "GET",
    path: "/v1/keys/{key_id}",
    summary: "Get an API key",
    versioned: true,
    ...readers,
    params: KeyId,
    response: Key,
    errors: ["NOT_FOUND"],
  }),
  update: endpoint({
    id: "keys.update",
    capability: "keys",
    method: "PATCH",
    path: "/v1/keys/{key_id}",
    summary: "Change an API key, disable or enable it",
    versioned: true,
    ...writers,
    params: KeyId,
    body: KeyPatch,
    response: Key,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { is_enabled: false },
  }),
  rotate: endpoint({
    id: "keys.rotate",
    capability: "keys",
    method: "POST",
    path: "/v1/keys/{key_id}/rotate",
    summary:
      "Issue a successor that shares the key's name, limits and counters",
    ...writers,
    status: 201,
    params: KeyId,
    body: RotateInput,
    response: IssuedKey,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { overlap_seconds: 86400 },
  }),
  revoke: endpoint({
    id: "keys.revoke",
    capability: "keys",
    method: "DELETE",
    path: "/v1/keys/{key_id}",
    summary: "Revoke an API key for good",
    versioned: true,
    ...writers,
    params: KeyId,
    response: Key,
    errors: ["NOT_FOUND"],
  }),
};
