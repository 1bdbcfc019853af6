import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { randomText } from "@/shared/ids";
import { env } from "./env";
import { singleton } from "./singleton";

const alphabet =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 32;
const checkLength = 6;

/**
 * A new secret: the prefix (`sk_live_`), 32 random characters (190 bits) and 6 of checksum, so
 * that a mistyped one is told from an unknown one, and scanners can find leaked ones.
 */
export function makeSecret(prefix: string): string {
  const start = prefix + randomText(randomLength);
  return start + checksum(start);
}

/** Whether a text has the form of such a secret and its checksum is right. */
export function isSecret(prefix: string, candidate: string): boolean {
  if (!candidate.startsWith(prefix)) return false;
  if (candidate.length !== prefix.length + randomLength + checkLength)
    return false;
  const start = candidate.slice(0, -checkLength);
  return candidate.slice(-checkLength) === checksum(start);
}

/** What is stored of a secret: HMAC-SHA256 under a key derived from APP_SECRET (RFC 5869). */
export function hashSecret(purpose: string, secret: string): Buffer {
  return createHmac("sha256", derivedKey(purpose)).update(secret).digest();
}

/** Whether what was said is right, in a time that does not tell how much of it is. */
export function isSame(said: Buffer, right: Buffer): boolean {
  return said.length === right.length && timingSafeEqual(said, right);
}

/** A key of 32 bytes for one purpose, derived from APP_SECRET. */
export function derivedKey(purpose: string): Buffer {
  return singleton(`key.${purpose}`, () =>
    Buffer.from(
      hkdfSync("sha256", env().APP_SECRET, "tollkeeper", purpose, 32),
    ),
  );
}

function checksum(start: string): string {
  let rest = crc32(start);
  let text = "";
  for (let i = 0; i < checkLength; i += 1) {
    text = alphabet.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
