import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypt and authenticate under a key of 32 bytes (AES-256-GCM): nonce, tag, ciphertext. */
export function seal(key: Buffer, plain: Buffer | string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Open what `seal` closed. Throws when the key is another or a byte was changed. */
export function unseal(key: Buffer, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const bodyAt = nonceBytes + tagBytes;
  const decipher = createDecipheriv(
    algorithm,
    key,
    bytes.subarray(0, nonceBytes),
  ).setAuthTag(bytes.subarray(nonceBytes, bodyAt));
  return Buffer.concat([
    decipher.update(bytes.subarray(bodyAt)),
    decipher.final(),
  ]);
}
