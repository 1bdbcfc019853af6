import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export type PublicKey = { kid: string; public_key: string };

export type LicensePayload = {
  kid: string;
  license_id: string;
  key: string;
  customer_id: string;
  customer_name: string;
  name: string;
  quotas: Record<string, number | null>;
  machine: string | null;
  nonce: string | null;
  issued_at: string;
  expires_at: string | null;
};

type Envelope = Record<"alg" | "kid" | "payload" | "signature", string>;

// An Ed25519 public key in SubjectPublicKeyInfo (RFC 8410) is these bytes and its own 32.
const spki = Buffer.from("302a300506032b6570032100", "hex");

/** What a license file says. Throws with the reason when it is not good here and now. */
export function verifyLicense(
  file: string,
  keys: readonly PublicKey[],
  machine: string | null,
  now = new Date(),
): LicensePayload {
  const body = file.replace(/-----[A-Z ]+-----/g, "");
  let envelope: Envelope;
  try {
    // Safe: each part is checked below before it is used.
    envelope = JSON.parse(
      Buffer.from(body, "base64").toString("utf8"),
    ) as Envelope;
  } catch {
    throw new Error("This is no license file.");
  }
  const known = keys.find(({ kid }) => kid === envelope.kid);
  if (envelope.alg !== "Ed25519" || !known)
    throw new Error(`No public key is called ${envelope.kid}.`);
  const bytes = Buffer.from(String(envelope.payload), "base64");
  const key = createPublicKey({
    key: Buffer.concat([spki, Buffer.from(known.public_key, "base64")]),
    format: "der",
    type: "spki",
  });
  const signature = Buffer.from(String(envelope.signature), "base64");
  if (!verify(null, bytes, key, signature))
    throw new Error("The signature does not fit: the file was changed.");
  // Safe: the server signed these bytes.
  const payload = JSON.parse(bytes.toString("utf8")) as LicensePayload;
  if (payload.kid !== known.kid)
    throw new Error("The file names two keys: it was changed.");
  if (payload.expires_at !== null && new Date(payload.expires_at) <= now)
    throw new Error(`The license file expired at ${payload.expires_at}.`);
  if (payload.machine !== null && payload.machine !== machine)
    throw new Error("The license file is for another machine.");
  return payload;
}

const [, program = "", file, keys, machine] = process.argv;
if (import.meta.url === pathToFileURL(program).href && file && keys) {
  try {
    // Safe: it is the answer of public-keys, which ships with the software.
    const known = JSON.parse(readFileSync(keys, "utf8")) as {
      keys: PublicKey[];
    };
    const text = readFileSync(file, "utf8");
    const payload = verifyLicense(text, known.keys, machine ?? null);
    console.log(JSON.stringify(payload));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
