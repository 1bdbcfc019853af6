import { createHmac } from "node:crypto";
import type * as z from "zod";
import { DomainError, invalid } from "@/shared/errors";
import { isSame } from "./secret";

const toleranceMs = 5 * 60 * 1000;

/**
 * Headers that sign a body with a key of bytes, by the scheme of standardwebhooks.com (HMAC-SHA256,
 * `v1`).
 */
export function signedHeaders(
  key: Buffer,
  { id, raw, at }: { id: string; raw: string; at: Date },
): Headers {
  const seconds = String(at.getTime()).slice(0, -3);
  return new Headers({
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": seconds,
    "webhook-signature": `v1,${mac(key, id, seconds, raw)}`,
  });
}

/** Whether headers sign this body with this key, not longer than five minutes from now. */
export function isSigned(
  key: Buffer,
  raw: string,
  headers: Headers,
  now: Date,
): boolean {
  const id = headers.get("webhook-id");
  const seconds = headers.get("webhook-timestamp") ?? "";
  const given = headers.get("webhook-signature") ?? "";
  if (!id || !/^\d{1,12}$/.test(seconds)) return false;
  const age = now.getTime() - Number(seconds) * 1000;
  if (Math.abs(age) > toleranceMs) return false;
  const right = Buffer.from(`v1,${mac(key, id, seconds, raw)}`);
  // Several may stand there while a secret rotates.
  return given.split(" ").some((one) => isSame(Buffer.from(one), right));
}

/**
 * A body that is signed with a secret `whsec_…`, as its schema has it. Throws VALIDATION_FAILED when
 * the signature is wrong, naming the `variable` that has the secret, or the body does not fit.
 */
export function signedBody<T>(
  schema: z.ZodType<T>,
  {
    secret,
    raw,
    headers,
    now,
    variable,
  }: {
    secret: string;
    raw: string;
    headers: Headers;
    now: Date;
    variable: string;
  },
): T {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  if (!isSigned(key, raw, headers, now))
    throw new DomainError(
      "VALIDATION_FAILED",
      `The signature does not fit the body. Sign it with ${variable}, as standardwebhooks.com has it.`,
    );
  const parsed = schema.safeParse(jsonOf(raw));
  if (parsed.success && !raw.includes("\\u0000")) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  throw invalid(
    issues.length > 0
      ? issues.map(({ path, message }) => ({
          field: ["body", ...path.map(String)].join("."),
          message,
        }))
      : [{ field: "body", message: "must not contain NUL" }],
  );
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

function mac(key: Buffer, id: string, seconds: string, raw: string): string {
  return createHmac("sha256", key)
    .update(`${id}.${seconds}.${raw}`)
    .digest("base64");
}
