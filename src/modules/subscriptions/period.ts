import { fromDate, toZoned, type ZonedDateTime } from "@internationalized/date";

export type Interval = "month" | "year";
export type Period = { start: Date; end: Date };

/** Where the periods of a subscription are counted from. */
export type Anchor = { at: Date; timeZone: string; interval: Interval };

/**
 * The n-th period from the anchor, 0 for the first. Each border is counted from the anchor itself,
 * in its zone and at its time of day: an anchor on Jan 31 gives Feb 28 or 29, and Mar 31 again. A
 * local time that a change of clocks skips is the one after; of one that comes twice, the first.
 * Periods tile: each ends where the next begins.
 */
export function periodAt(anchor: Anchor, n: number): Period {
  return { start: border(anchor, n), end: border(anchor, n + 1) };
}

/** The number of the period that holds an instant; 0 for what lies before the anchor. */
export function periodNumber(anchor: Anchor, at: Date): number {
  const from = fromDate(anchor.at, anchor.timeZone);
  const to = fromDate(at, anchor.timeZone);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  let n = anchor.interval === "year" ? Math.floor(months / 12) : months;
  // A day or hour short of the border, or a border that was moved: at most one off.
  while (border(anchor, n) > at) n -= 1;
  while (border(anchor, n + 1) <= at) n += 1;
  return Math.max(0, n);
}

function border({ at, timeZone, interval }: Anchor, n: number): Date {
  const start: ZonedDateTime = fromDate(at, timeZone);
  const moved = start.add(interval === "year" ? { years: n } : { months: n });
  return toZoned(moved, timeZone).toDate();
}
