import { hashSecret, isSecret, makeSecret } from "@/platform/secret";

const prefix = "sk_live_";

/** A new key's secret, and what is kept of it. */
export function makeKey() {
  const key = makeSecret(prefix);
  return { key, prefix, lastFour: key.slice(-4), hash: hashKey(key) };
}

/** The stored form of a presented key; null when it cannot be a key of ours at all. */
export function presentedHash(key: string): Buffer | null {
  return isSecret(prefix, key) ? hashKey(key) : null;
}

function hashKey(key: string): Buffer {
  return hashSecret("api-key", key);
}
