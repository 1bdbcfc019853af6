import { divideRounded } from "@/shared/decimal";
import type { Period } from "./period";

/**
 * What of a period's price lies before an instant and what after it, by time to the millisecond.
 * The two sum to the whole; the part after is rounded half away from zero. An instant outside the
 * period gives all to one side.
 */
export function splitAt(
  minor: bigint,
  { start, end }: Period,
  at: Date,
): { used: bigint; unused: bigint } {
  const length = BigInt(end.getTime() - start.getTime());
  const left = BigInt(end.getTime() - at.getTime());
  const within = left < 0n ? 0n : left > length ? length : left;
  const unused = divideRounded(minor * within, length);
  return { used: minor - unused, unused };
}

export type Proration = {
  /** given back for what was paid and is not used; not positive */
  credit: bigint;
  /** charged for the rest of the period on the new terms */
  charge: bigint;
};

/** The money of changing in the middle of a period from one price of it to another, now. */
export function prorate(
  from: bigint,
  to: bigint,
  period: Period,
  at: Date,
): Proration {
  return {
    credit: -splitAt(from, period, at).unused,
    charge: splitAt(to, period, at).unused,
  };
}
