import { periodAt, periodNumber } from "@/modules/subscriptions";
import { addSeconds } from "@/shared/time";
import type { LicenseInterval } from "./contract";

const day = 24 * 60 * 60;

/** How long a license is valid: by its cycle in the customer's zone, by days, or for good. */
export type Term = {
  interval: LicenseInterval;
  validDays: number | null;
  timeZone: string;
};

/** When a license ends that begins at an instant; null for never. Days go before the cycle. */
export function endOf(
  { interval, validDays, timeZone }: Term,
  from: Date,
): Date | null {
  if (validDays !== null) return addSeconds(from, validDays * day);
  if (interval === "once") return null;
  return periodAt({ at: from, timeZone, interval }, 0).end;
}

/**
 * When a license ends that is renewed once, and ends at `end` now: after one more cycle of those
 * that are counted from `begun`, or, when it has ended, after one from now. Null for never.
 */
export function renewedEnd(
  term: Term,
  { begun, end, now }: { begun: Date; end: Date; now: Date },
): Date | null {
  if (end <= now || term.validDays !== null || term.interval === "once")
    return endOf(term, end > now ? end : now);
  const anchor = {
    at: begun,
    timeZone: term.timeZone,
    interval: term.interval,
  };
  const next = periodAt(anchor, periodNumber(anchor, end));
  // An end that was set by hand is no border of the cycle.
  return next.start.getTime() === end.getTime() ? next.end : endOf(term, end);
}

/**
 * When a license ends that lives with a subscription: a day after its period, so that it does not
 * end while the renewal is under way.
 */
export function endWith(subscription: { current_period_end: string }): Date {
  return addSeconds(new Date(subscription.current_period_end), day);
}
