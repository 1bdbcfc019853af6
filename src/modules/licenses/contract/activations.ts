import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { License, LicenseCode, LicenseId } from "../contract";

export const activationKinds = ["machine", "domain"] as const;
export type ActivationKind = (typeof activationKinds)[number];

/** A machine or a domain on which a license is used. */
export const Activation = z
  .object({
    id: idOf("act"),
    license_id: idOf("lic"),
    kind: z.enum(activationKinds),
    identifier: z.string(),
    name: z.string().nullable(),
    last_heartbeat_at: z.iso.datetime(),
    expires_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "of a lease, which a heartbeat extends" }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Activation" });
export type Activation = z.output<typeof Activation>;

const key = text(80).meta({
  description: "the license key",
  example: "0G7KD-…",
});
const Fingerprint = text(200).meta({
  description: "what tells a machine from others, by your program's own rule",
  example: "b7c1f0e2",
});
const DomainText = text(300).meta({ example: "shop.example.com" });

/** What a program learns of the license that it asks about. */
export const LicenseInUse = License.pick({
  id: true,
  customer_id: true,
  customer_name: true,
  name: true,
  status: true,
  quotas: true,
  expires_at: true,
  max_machines: true,
  max_domains: true,
  machines: true,
  domains: true,
}).meta({ id: "LicenseInUse" });

export const ValidateInput = z
  .strictObject({
    key,
    machine: Fingerprint.optional(),
    domain: DomainText.optional(),
    nonce: text(200).optional().meta({
      description:
        "a value of your own, made anew: the answer then has a proof with it, signed as license files are",
    }),
  })
  .refine(({ machine, domain }) => !machine || !domain, {
    error: "send a machine or a domain, not both",
    path: ["domain"],
  })
  .meta({ id: "ValidateInput" });
export type ValidateInput = z.output<typeof ValidateInput>;

export const Validation = z
  .object({
    valid: z.boolean(),
    code: LicenseCode,
    detail: z.string(),
    license: LicenseInUse.nullable(),
    activation: Activation.nullable(),
    proof: z.string().nullable().meta({
      description:
        "with a nonce: a signed statement of this answer, as a license file",
    }),
  })
  .meta({ id: "Validation" });
export type Validation = z.output<typeof Validation>;

export const ActivateInput = z
  .strictObject({
    key,
    kind: z.enum(activationKinds),
    identifier: text(300).meta({
      description: "a machine's fingerprint, or a domain",
    }),
    name: text(120).optional(),
  })
  .meta({ id: "ActivateInput" });
export type ActivateInput = z.output<typeof ActivateInput>;

export const ActivationAnswer = z
  .object({
    valid: z.boolean(),
    code: LicenseCode,
    detail: z.string(),
    license: LicenseInUse,
    activation: Activation,
  })
  .meta({ id: "ActivationAnswer" });
export type ActivationAnswer = z.output<typeof ActivationAnswer>;

export const KeyInput = z.strictObject({ key });

const ActivationId = z.object({ activation_id: idOf("act") });
const byKey = { audience: ["public"], limit: "licenses" } as const;
const example = { key: "0G7KD-0G7KD-0G7KD-0G7KD-0G7KD-0G7KD" };
const codes =
  "Codes: VALID, NOT_FOUND, PENDING (activate it first), SUSPENDED, EXPIRED, REVOKED, CUSTOMER_SUSPENDED; by where it is used: NO_MACHINE and NO_DOMAIN (say which), NOT_ACTIVATED (a slot is free), TOO_MANY_MACHINES, TOO_MANY_DOMAINS, DOMAIN_MISMATCH (all slots are on other domains).";

/** By the license key, which is all that a customer's software has. */
export const activationsApi = {
  validate: endpoint({
    id: "licenses.validate",
    method: "POST",
    path: "/v1/licenses/validate",
    summary: "Ask whether a license is valid, here and now",
    description: `Always 200: the question was answered. ${codes}`,
    ...byKey,
    body: ValidateInput,
    response: Validation,
    example: { ...example, machine: "b7c1f0e2" },
  }),
  activate: endpoint({
    id: "licenses.activate",
    method: "POST",
    path: "/v1/licenses/activations",
    summary: "Use a license on a machine or a domain",
    description: `Once more on the same one is the same activation. A refusal is 404 for an unknown key, and otherwise 409 with its code in details. ${codes}`,
    ...byKey,
    body: ActivateInput,
    response: ActivationAnswer,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { ...example, kind: "machine", identifier: "b7c1f0e2" },
  }),
  heartbeat: endpoint({
    id: "licenses.heartbeat",
    method: "POST",
    path: "/v1/licenses/activations/{activation_id}/heartbeat",
    summary: "Say that an activation is in use, and keep its lease",
    description:
      "A lease that has ended is 404: activate again. 409 when the license is not good any more.",
    ...byKey,
    params: ActivationId,
    body: KeyInput,
    response: Activation,
    errors: ["NOT_FOUND", "CONFLICT"],
    example,
  }),
  release: endpoint({
    id: "licenses.release",
    method: "DELETE",
    path: "/v1/licenses/activations/{activation_id}",
    summary: "Free an activation by the license key",
    ...byKey,
    params: ActivationId,
    body: KeyInput,
    response: Activation,
    errors: ["NOT_FOUND", "CONFLICT"],
    example,
  }),
  list: endpoint({
    id: "licenses.listActivations",
    method: "GET",
    path: "/v1/licenses/{license_id}/activations",
    summary: "List where a license is used",
    audience: ["staff", "service", "customer"],
    permission: "licenses:read",
    params: LicenseId,
    response: z.object({ items: z.array(Activation) }),
    errors: ["NOT_FOUND"],
  }),
  free: endpoint({
    id: "licenses.freeActivation",
    capability: "devices",
    method: "DELETE",
    path: "/v1/licenses/{license_id}/activations/{activation_id}",
    summary: "Free an activation",
    description:
      "A customer's own people are held to the churn limit; the seller's are not.",
    audience: ["staff", "service", "customer"],
    permission: "licenses:write",
    params: LicenseId.extend(ActivationId.shape),
    response: Activation,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
