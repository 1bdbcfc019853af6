import { sign, type KeyObject } from "node:crypto";

const first = "-----BEGIN LICENSE FILE-----";
const last = "-----END LICENSE FILE-----";
// An Ed25519 public key in SubjectPublicKeyInfo (RFC 8410) is so many bytes and its own 32.
const spkiPrefix = 12;

/**
 * A license file: base64 of `{alg, kid, payload, signature}` between two lines. The payload is
 * base64 of JSON, and the signature (Ed25519, RFC 8032) is over exactly those JSON bytes.
 */
export function writeLicenseFile(
  payload: object,
  kid: string,
  privateKey: KeyObject,
): string {
  const bytes = Buffer.from(JSON.stringify({ kid, ...payload }), "utf8");
  const envelope = {
    alg: "Ed25519",
    kid,
    payload: bytes.toString("base64"),
    signature: sign(null, bytes, privateKey).toString("base64"),
  };
  const text = Buffer.from(JSON.stringify(envelope)).toString("base64");
  return [first, ...(text.match(/.{1,64}/g) ?? []), last, ""].join("\n");
}

/** The 32 bytes of a public key. */
export function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(spkiPrefix);
}
