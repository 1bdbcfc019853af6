import { addSeconds } from "@/shared/time";
import type { PriceStatus } from "./contract";

export type Span = { from: Date; to: Date | null };

/** Seconds by which a caller's clock may be late: a time within them means now. */
const lateness = 60;

/** When a price begins or ends by what was asked for; null for a time that has passed. */
export function nowOrLater(asked: Date | null, now: Date): Date | null {
  if (asked === null) return now;
  if (asked < addSeconds(now, -lateness)) return null;
  return asked < now ? now : asked;
}

/** What a span is at a time. One that ends where it begins was withdrawn. */
export function statusOf({ from, to }: Span, now: Date): PriceStatus {
  if (to !== null && to <= from) return "withdrawn";
  if (from > now) return "scheduled";
  return to !== null && to <= now ? "past" : "in_force";
}
