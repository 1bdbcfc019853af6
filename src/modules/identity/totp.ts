import { generateSecret, generateURI, verify } from "otplib";

const period = 30;

/** A secret for an authenticator app: base32, 160 bits (RFC 4226, section 4). */
export function makeAuthenticatorSecret(): string {
  return generateSecret();
}

/** What an authenticator app reads from a QR code. */
export function authenticatorUri(secret: string, email: string): string {
  return generateURI({ issuer: "Tollkeeper", label: email, secret });
}

/**
 * The time step (RFC 6238) whose code this is, of now and its two neighbours, so that a clock may
 * be half a minute off; null when it is none of theirs.
 */
export async function stepOfCode(
  secret: string,
  code: string,
  at: Date,
): Promise<number | null> {
  const epoch = Math.floor(at.getTime() / 1000);
  const result = await verify({
    secret,
    token: code,
    epoch,
    epochTolerance: period,
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}
