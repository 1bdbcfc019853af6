import type { KeyStatus } from "./contract";

/** What a key's status follows from. */
export type KeyState = {
  disabled_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  rotated_at: Date | null;
};

/** The one word for a key's state; the strongest reason why it does not work comes first. */
export function statusOf(key: KeyState, now: Date): KeyStatus {
  if (key.revoked_at) return "revoked";
  if (key.expires_at && key.expires_at <= now) return "expired";
  if (key.disabled_at) return "disabled";
  if (key.rotated_at) return "rotating";
  return "active";
}
