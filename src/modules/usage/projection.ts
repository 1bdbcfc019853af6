/** A whole UTC day of the past: which day of the week it was (0 to 6), and what was used on it. */
export type PastDay = { weekday: number; value: number };

/** Where use will stand at an end: expected, and the range that holds it four times in five. */
export type Projected = {
  expected: number;
  low: number;
  high: number;
  /** how it was reckoned: by the day of the week, or by the mean of the last days */
  method: "weekday" | "mean";
};

export type ProjectionInput = {
  /** whole days before today, the oldest first, without gaps */
  past: PastDay[];
  /** used of the period by now */
  used: number;
  now: Date;
  /** the end of the period */
  end: Date;
};

const dayMs = 86_400_000;
const fewestDays = 3;
const fullWeeks = 14;
/** Of the normal distribution: 80 % lies within so many deviations of the mean. */
const eightyPercent = 1.2815515655446004;

/**
 * Project use to the end of a period; null with less than three whole days to go by.
 *
 * A coming day is expected to be as the mean m of its weekday, when there are 14 days or more, else
 * as that of the last 7. What is left of the period is a sum of days d with weights w (1, or the
 * part of a day that is left), so that
 *
 *     expected = used + Σ w m(d)
 *
 * With s² the variance of the past days about their means, of n days and k means, that sum has the
 * variance s² (Σ w² + (Σ w)² / n): of the days themselves, and of the means being estimates. The
 * range is 1.2816 deviations to both sides, and never below what is used already.
 */
export function project(input: ProjectionInput): Projected | null {
  const { past, used, now, end } = input;
  if (past.length < fewestDays) return null;
  const isWeekly = past.length >= fullWeeks;
  const basis = isWeekly ? past : past.slice(-7);
  const means = meansOf(basis, isWeekly);
  const meanOf = (weekday: number) => means.get(isWeekly ? weekday : 0) ?? 0;
  const rest = daysLeft(now, end);
  const more = sum(rest.map(({ weight, weekday }) => weight * meanOf(weekday)));
  const errors = basis.map(({ value, weekday }) => value - meanOf(weekday));
  const freedom = Math.max(basis.length - means.size, 1);
  const variance = sum(errors.map((error) => error * error)) / freedom;
  const weights = rest.map(({ weight }) => weight);
  const spread =
    sum(weights.map((weight) => weight * weight)) +
    sum(weights) ** 2 / basis.length;
  const margin = eightyPercent * Math.sqrt(variance * spread);
  const expected = used + more;
  return {
    expected,
    low: Math.max(used, expected - margin),
    high: expected + margin,
    method: isWeekly ? "weekday" : "mean",
  };
}

/** The mean by weekday, or of all under 0. */
function meansOf(days: PastDay[], isWeekly: boolean): Map<number, number> {
  const groups = new Map<number, number[]>();
  for (const { weekday, value } of days) {
    const key = isWeekly ? weekday : 0;
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return new Map(
    [...groups].map(([key, values]) => [key, sum(values) / values.length]),
  );
}

/** What is left of today and of each day until the end, as parts of a day. */
function daysLeft(now: Date, end: Date) {
  const left: { weekday: number; weight: number }[] = [];
  let at = now.getTime();
  while (at < end.getTime()) {
    const next = Math.min((Math.floor(at / dayMs) + 1) * dayMs, end.getTime());
    const weekday = new Date(at).getUTCDay();
    left.push({ weekday, weight: (next - at) / dayMs });
    at = next;
  }
  return left;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
