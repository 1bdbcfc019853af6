import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import {
  count,
  countParam,
  Instant,
  Metadata,
  searchText,
  Slug,
  text,
} from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";

export const licenseStatuses = [
  "active",
  "suspended",
  "expired",
  "revoked",
  "pending",
] as const;
export const LicenseStatus = z.enum(licenseStatuses);
export type LicenseStatus = z.output<typeof LicenseStatus>;

export const licenseIntervals = ["month", "year", "once"] as const;
export type LicenseInterval = (typeof licenseIntervals)[number];

export const licenseCodes = [
  "VALID",
  "NOT_FOUND",
  "PENDING",
  "SUSPENDED",
  "EXPIRED",
  "REVOKED",
  "CUSTOMER_SUSPENDED",
  "NO_MACHINE",
  "NO_DOMAIN",
  "NOT_ACTIVATED",
  "TOO_MANY_MACHINES",
  "TOO_MANY_DOMAINS",
  "DOMAIN_MISMATCH",
] as const;
export const LicenseCode = z.enum(licenseCodes);
export type LicenseCode = z.output<typeof LicenseCode>;

const maxCount = 1_000_000;
const slots = count(0, maxCount).nullable();

export const LicenseQuotas = z
  .record(Slug, count(0, 2_000_000_000).nullable())
  .refine((value) => Object.keys(value).length <= 50, {
    error: "must have at most 50 entries",
  })
  .meta({ description: "named allowances; null is unlimited" });

/** The plan that a license was issued by, in the version of that time. */
export const LicensePlan = z
  .object({
    id: idOf("pln"),
    version_id: idOf("plv"),
    name: z.string(),
  })
  .meta({ id: "LicensePlan" });
export type LicensePlan = z.output<typeof LicensePlan>;

/** A key that unlocks software, and what it allows. */
export const License = z
  .object({
    id: idOf("lic"),
    customer_id: idOf("cus"),
    customer_name: z.string(),
    subscription_id: idOf("sub").nullable(),
    plan: LicensePlan.nullable(),
    name: z.string(),
    key: z.string().meta({ example: "0G7KD-…" }),
    status: LicenseStatus.meta({
      description: "pending: it begins with its first activation",
    }),
    interval: z.enum(licenseIntervals),
    max_machines: slots.meta({
      description: "null: any, and none is asked for",
    }),
    max_domains: slots.meta({
      description: "null: any, and none is asked for",
    }),
    machines: z.number().int(),
    domains: z.number().int(),
    is_floating: z.boolean(),
    lease_seconds: z.number().int(),
    churn_limit: slots.meta({
      description: "activations that may be freed in 30 days; null is any",
    }),
    quotas: z.record(z.string(), z.number().nullable()),
    starts_on_activation: z.boolean(),
    valid_days: z.number().int().nullable(),
    suspended_by: z.enum(["staff", "subscription"]).nullable(),
    activated_at: z.iso.datetime().nullable(),
    expires_at: z.iso.datetime().nullable(),
    suspended_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    last_validated_at: z.iso.datetime().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "License" });
export type License = z.output<typeof License>;

const fields = {
  name: text(120).optional(),
  max_machines: slots.optional(),
  max_domains: slots.optional(),
  is_floating: z.boolean().optional().meta({
    description:
      "activations are leases, which a heartbeat keeps and which end without one",
  }),
  lease_seconds: count(10, 30 * 24 * 60 * 60).optional(),
  churn_limit: slots.optional(),
  quotas: LicenseQuotas.optional(),
  metadata: Metadata.optional(),
};

const issueFields = {
  ...fields,
  plan_id: idOf("pln").optional().meta({
    description:
      "its name and its allowances are the license's, unless those are given",
  }),
  create_subscription: z.boolean().optional().meta({
    description:
      "opens a subscription to the plan, by the same cycle; the license lives with it",
  }),
  interval: z.enum(licenseIntervals).default("month").meta({
    description:
      "the cycle that its end follows from, in the customer's time zone; once: it has no end, or valid_days",
  }),
  starts_on_activation: z.boolean().default(false).meta({
    description: "its time begins with its first activation",
  }),
  valid_days: count(1, 36_500).nullish().meta({
    description: "how long it is valid, in place of a cycle",
  }),
  expires_at: Instant.nullish().meta({
    description: "an end of your own choice, in place of the cycle's",
  }),
};

export const CustomerLicenseInput = z
  .strictObject(issueFields)
  .meta({ id: "CustomerLicenseInput" });
export const LicenseInput = z
  .strictObject({ ...issueFields, customer_id: idOf("cus") })
  .meta({ id: "LicenseInput" });
export type LicenseInput = z.output<typeof LicenseInput>;

export const LicensePatch = z
  .strictObject({ ...fields, expires_at: Instant.nullable().optional() })
  .meta({ id: "LicensePatch" });
export type LicensePatch = z.output<typeof LicensePatch>;

export const ReasonInput = z.strictObject({ reason: text(500).optional() });
export type ReasonInput = z.output<typeof ReasonInput>;

export const RenewInput = z.strictObject({
  expires_at: Instant.optional().meta({
    description: "the new end; one more cycle unless given",
  }),
});
export type RenewInput = z.output<typeof RenewInput>;

export const TransferInput = z.strictObject({ customer_id: idOf("cus") });

export const LicenseQuery = z.strictObject({
  ...pageFields,
  customer_id: idOf("cus").optional(),
  status: LicenseStatus.optional(),
  plan_id: idOf("pln").optional(),
  expires_within_days: countParam(1, 3_650).optional().meta({
    description: "in force now, and not after so many days",
  }),
  search: searchText(60).optional().meta({
    description: "the beginning of a key, or a part of a name",
  }),
});
export type LicenseQuery = z.output<typeof LicenseQuery>;

export const LicenseId = z.object({ license_id: idOf("lic") });
const staffOnly = {
  audience: ["staff", "service"],
  permission: "licenses:write",
} as const;
const readers = {
  audience: ["staff", "service", "customer"],
  permission: "licenses:read",
} as const;

const verb = {
  method: "POST",
  ...staffOnly,
  versioned: true,
  params: LicenseId,
  response: License,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;

export const licensesApi = {
  list: endpoint({
    id: "licenses.list",
    method: "GET",
    path: "/v1/licenses",
    summary: "List licenses",
    ...readers,
    query: LicenseQuery,
    response: pageOf(License),
  }),
  issue: endpoint({
    id: "licenses.issue",
    method: "POST",
    path: "/v1/licenses",
    summary: "Issue a license",
    ...staffOnly,
    status: 201,
    body: LicenseInput,
    response: License,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      customer_id: "cus_01jd0000000000000000000000",
      name: "Pro, 3 machines",
      interval: "year",
      max_machines: 3,
      quotas: { users: 25 },
    },
  }),
  get: endpoint({
    id: "licenses.get",
    method: "GET",
    path: "/v1/licenses/{license_id}",
    summary: "Get a license",
    versioned: true,
    ...readers,
    params: LicenseId,
    response: License,
    errors: ["NOT_FOUND"],
  }),
  update: endpoint({
    ...verb,
    id: "licenses.update",
    method: "PATCH",
    path: "/v1/licenses/{license_id}",
    summary: "Change what a license allows",
    description:
      "Fewer slots than are taken stop nobody: new activations wait until enough are freed.",
    body: LicensePatch,
    example: { max_machines: 5 },
  }),
  revoke: endpoint({
    ...verb,
    id: "licenses.revoke",
    method: "DELETE",
    path: "/v1/licenses/{license_id}",
    summary: "Revoke a license for good",
  }),
  suspend: endpoint({
    ...verb,
    id: "licenses.suspend",
    path: "/v1/licenses/{license_id}/suspend",
    summary: "Suspend a license until it is reinstated",
    body: ReasonInput,
    example: { reason: "Shared in a forum" },
  }),
  reinstate: endpoint({
    ...verb,
    id: "licenses.reinstate",
    path: "/v1/licenses/{license_id}/reinstate",
    summary: "Reinstate a suspended license",
    body: ReasonInput,
    example: { reason: "Talked to them" },
  }),
  renew: endpoint({
    ...verb,
    id: "licenses.renew",
    path: "/v1/licenses/{license_id}/renew",
    summary: "Renew a license by a cycle, or until a day",
    description: "One that has expired is active again, for a cycle from now.",
    body: RenewInput,
    example: {},
  }),
  transfer: endpoint({
    ...verb,
    id: "licenses.transfer",
    path: "/v1/licenses/{license_id}/transfer",
    summary: "Give a license to another customer",
    description: "The key stays; all activations are freed.",
    body: TransferInput,
    example: { customer_id: "cus_01jd0000000000000000000000" },
  }),
};
