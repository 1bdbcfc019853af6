import { jwtVerify, SignJWT } from "jose";
import { env } from "@/platform/env";
import { derivedKey } from "@/platform/secret";

/** Seconds that an access token lasts. */
export const accessSeconds = () => env().ACCESS_TOKEN_SECONDS;

const algorithm = "HS256";
const issuer = "tollkeeper";
const audience = "api";

/** A JWT that carries a session's public id; what the session may do is read on each request. */
export function makeAccessToken(
  { userId, sessionId }: { userId: string; sessionId: string },
  at: Date,
): Promise<string> {
  const issuedAt = Math.floor(at.getTime() / 1000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: algorithm, typ: "JWT" })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessSeconds())
    .sign(derivedKey("access-token"));
}

/** The session of an access token; null when it is expired, for others, or not signed by us. */
export async function sessionOfAccessToken(
  token: string,
): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, derivedKey("access-token"), {
      // Named here, never taken from the token: "none" and public-key tricks end at this line.
      algorithms: [algorithm],
      issuer,
      audience,
      requiredClaims: ["exp", "sub"],
    });
    return typeof payload["sid"] === "string" ? payload["sid"] : null;
  } catch {
    return null;
  }
}
