import type { Five } from "../access-fixture";

/** Length, and lateness allowed, of the sliding windows in ms. */
const sliding = [
  { length: 1_000, late: 100 },
  { length: 60_000, late: 1_000 },
  { length: 3_600_000, late: 60_000 },
  { length: 86_400_000, late: 1_440_000 },
];

/** An instant: as the clock shows it, and as it is. They part when the clock steps back. */
export type Moment = { at: number; real: number };

/** The calls that were admitted of a subject, and its count by period. */
export type Windows = {
  calls: { real: number; leaves: number; cost: number }[];
  /** the latest that the clock showed to an admitted call */
  peak: number;
  newest: number;
  month: { period: number; used: number };
  otherMonth: { period: number; used: number };
};

export const newWindows = (): Windows => ({
  calls: [],
  peak: -Infinity,
  newest: -Infinity,
  month: { period: 0, used: 0 },
  otherMonth: { period: 0, used: 0 },
});

/**
 * Whether a cost is more than the windows may hold for certain, and whether it may be by the
 * lateness that is allowed: a call counts at most until `late` after its window, and while the
 * clock is behind itself, until then from where it was.
 */
export function judgeWindows(
  windows: Windows,
  limits: Five,
  cost: number,
  { at, real }: Moment,
  period: number,
) {
  const certain = [0, 0, 0, 0, monthUsed(windows, period)];
  const possible = [0, 0, 0, 0, monthUsed(windows, period)];
  for (const call of windows.calls)
    sliding.forEach(({ length, late }, w) => {
      if (real - call.real <= length)
        certain[w] = (certain[w] ?? 0) + call.cost;
      if (at - call.leaves < length + late)
        possible[w] = (possible[w] ?? 0) + call.cost;
    });
  const over = (used: number[]) =>
    limits.some((limit, w) => limit !== null && (used[w] ?? 0) + cost > limit);
  return {
    isOver: over(certain),
    mayRefuse: over(possible),
    never: limits.some((limit) => limit !== null && cost > limit),
  };
}

/** Count a call that was admitted. */
export function countCall(
  windows: Windows,
  cost: number,
  moment: Moment,
  period: number,
): void {
  const { at, real } = moment;
  keep(windows, moment, period);
  windows.peak = Math.max(windows.peak, at);
  windows.calls.push({ real, leaves: windows.peak, cost });
  windows.month.used += cost;
}

/** A clock that stepped far back is noted by every question that is counted, admitted or not. */
export function noteStepBack(
  windows: Windows,
  moment: Moment,
  period: number,
): void {
  const bucket = Math.floor(moment.at / 100);
  if (bucket <= windows.newest - 11) keep(windows, moment, period);
}

/** Drop what no window can hold any more. */
export function forgetCalls(windows: Windows, { at, real }: Moment): void {
  const oldest = 2 * 86_400_000;
  windows.calls = windows.calls.filter(
    (call) => real - call.real < oldest || at - call.leaves < oldest,
  );
}

function keep(windows: Windows, { at }: Moment, period: number): void {
  const bucket = Math.floor(at / 100);
  windows.newest =
    bucket <= windows.newest - 11 ? bucket : Math.max(bucket, windows.newest);
  if (period === windows.month.period) return;
  const used = monthUsed(windows, period);
  windows.otherMonth = windows.month;
  windows.month = { period, used };
}

// Two periods are known, so that a clock may step over the border and back. An older one that is
// not known starts with what the newer one has.
function monthUsed({ month, otherMonth }: Windows, period: number): number {
  if (period === month.period) return month.used;
  if (period === otherMonth.period) return otherMonth.used;
  return period > month.period ? 0 : month.used;
}
