const waits = [2, 5, 15, 30, 60, 120, 300];

/** Tries that a step has before what was done is undone: half an hour, about. */
export const mostAttempts = 10;

/** Seconds until a step is tried again, after so many tries. */
export function secondsUntilNextTry(attempts: number): number {
  return waits[Math.min(attempts, waits.length) - 1] ?? 2;
}
