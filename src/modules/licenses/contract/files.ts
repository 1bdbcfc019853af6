import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { count, text } from "@/shared/fields";
import { LicenseId } from "../contract";

export const LicenseFileInput = z
  .strictObject({
    machine: text(200).optional().meta({
      description: "the fingerprint of the one machine that the file is for",
    }),
    valid_days: count(1, 3_650).optional().meta({
      description: "when the file ends, if the license does not end before",
    }),
    nonce: text(200).optional(),
  })
  .meta({ id: "LicenseFileInput" });
export type LicenseFileInput = z.output<typeof LicenseFileInput>;

/** What a license file says, in the bytes that are signed. */
export const LicensePayload = z.object({
  kid: z.string(),
  license_id: z.string(),
  key: z.string(),
  customer_id: z.string(),
  customer_name: z.string(),
  name: z.string(),
  quotas: z.record(z.string(), z.number().nullable()),
  machine: z.string().nullable(),
  nonce: z.string().nullable(),
  issued_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
});
export type LicensePayload = z.output<typeof LicensePayload>;

/** A license that is checked without asking us, by its Ed25519 signature (RFC 8032). */
export const LicenseFile = z
  .object({
    file: z.string().meta({
      description:
        "the file's text: base64 of {payload, signature, kid, alg}, between a first and a last line",
    }),
    file_name: z.string(),
    payload: LicensePayload,
  })
  .meta({ id: "LicenseFile" });
export type LicenseFile = z.output<typeof LicenseFile>;

export const SigningKey = z
  .object({
    kid: z.string(),
    alg: z.literal("Ed25519"),
    public_key: z.string().meta({ description: "32 bytes, in base64" }),
    created_at: z.iso.datetime(),
    retired_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "since when it signs nothing new" }),
  })
  .meta({ id: "SigningKey" });
export type SigningKey = z.output<typeof SigningKey>;

export const licenseFilesApi = {
  checkOut: endpoint({
    id: "licenses.checkOut",
    method: "POST",
    path: "/v1/licenses/{license_id}/checkout",
    summary: "Sign a license file, for software that cannot ask",
    audience: ["staff", "service", "customer"],
    permission: "licenses:read",
    params: LicenseId,
    body: LicenseFileInput,
    response: LicenseFile,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { valid_days: 30 },
  }),
  publicKeys: endpoint({
    id: "licenses.publicKeys",
    method: "GET",
    path: "/v1/licenses/public-keys",
    summary: "List the keys by which license files are verified",
    description: "Retired ones stay listed, for files that they signed.",
    audience: ["public"],
    response: z.object({ keys: z.array(SigningKey) }),
  }),
  rotateKey: endpoint({
    id: "licenses.rotateKey",
    method: "POST",
    path: "/v1/licenses/public-keys",
    summary: "Sign license files with a new key from now on",
    audience: ["staff", "service"],
    permission: "settings:write",
    status: 201,
    response: SigningKey,
  }),
};
