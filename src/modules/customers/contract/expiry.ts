import { addSeconds } from "@/shared/time";

const soonDays = 7;

/** Where access that ends "soon" has its end: after `from`, and by `to`. */
export function soon(now: Date): { from: Date; to: Date } {
  return { from: now, to: addSeconds(now, soonDays * 24 * 60 * 60) };
}

/** Whether a customer's access has ended or will soon; only an active one has any. */
export function expiryOf(
  customer: { status: string; expires_at: string | null },
  now: Date,
): "expired" | "soon" | null {
  if (customer.status !== "active" || customer.expires_at === null) return null;
  const at = new Date(customer.expires_at);
  if (at <= now) return "expired";
  return at <= soon(now).to ? "soon" : null;
}
