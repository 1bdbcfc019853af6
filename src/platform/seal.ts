import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { derivedKey } from "./secret";

const ivLength = 12;
const tagLength = 16;

/**
 * Seal a text under APP_SECRET and a secret that only the caller holds: whoever has the database,
 * or the database and APP_SECRET, cannot open it. AES-256-GCM (NIST SP 800-38D) under a key by
 * HKDF (RFC 5869); `bound` is where it belongs, and opens nothing elsewhere.
 */
export function seal(secret: string, bound: Buffer, text: string): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), iv);
  cipher.setAAD(bound);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Open what `seal` made. Throws when the secret or the place is another one. */
export function unseal(secret: string, bound: Buffer, sealed: Buffer): string {
  const iv = sealed.subarray(0, ivLength);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), iv);
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
  const text = decipher.update(sealed.subarray(ivLength + tagLength));
  return Buffer.concat([text, decipher.final()]).toString("utf8");
}

function keyOf(secret: string): Buffer {
  const own = derivedKey("sealed-answer");
  return Buffer.from(hkdfSync("sha256", own, secret, "tollkeeper seal", 32));
}
