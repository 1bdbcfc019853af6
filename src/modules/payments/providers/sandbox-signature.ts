import { derivedKey } from "@/platform/secret";
import * as body from "@/platform/signed-body";

/** Headers that sign a body of the sandbox. */
export function signedHeaders(id: string, raw: string, at: Date): Headers {
  return body.signedHeaders(key(), { id, raw, at });
}

/** Whether they sign this body, not longer than five minutes ago. */
export function isSigned(raw: string, headers: Headers, now: Date): boolean {
  return body.isSigned(key(), raw, headers, now);
}

const key = () => derivedKey("sandbox-webhook");
