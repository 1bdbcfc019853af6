import { parseAbsolute, parseDate, toZoned } from "@internationalized/date";

/** The instant at which a day ends in a zone; access ends with it. */
export function endOfDay(
  day: string | null,
  timeZone: string | null,
): string | null {
  if (!day) return null;
  const next = parseDate(day).add({ days: 1 });
  return toZoned(next, knownZone(timeZone)).toAbsoluteString();
}

/** The last day of access that ends at an instant. */
export function lastDay(
  instant: string | null,
  timeZone: string,
): string | null {
  if (!instant) return null;
  return dayAt(new Date(Date.parse(instant) - 1), timeZone);
}

/**
 * The last day after access is renewed by some days or years: from the day that it ends, or from
 * today where it has ended already or never would.
 */
export function renewedDay(
  customer: { expires_at: string | null; time_zone: string },
  by: { days?: number; years?: number },
  now: Date,
): string {
  const today = dayAt(now, customer.time_zone);
  const last = lastDay(customer.expires_at, customer.time_zone) ?? today;
  return parseDate(last < today ? today : last)
    .add(by)
    .toString();
}

function dayAt(at: Date, timeZone: string): string {
  return parseAbsolute(at.toISOString(), knownZone(timeZone))
    .toString()
    .slice(0, 10);
}

function knownZone(timeZone: string | null): string {
  const known = Intl.supportedValuesOf("timeZone");
  return timeZone && known.includes(timeZone) ? timeZone : "UTC";
}
