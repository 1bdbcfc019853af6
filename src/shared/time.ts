const day = 86_400_000;

/** The UTC calendar day of an instant, `2026-01-31`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The first instant of the UTC day that lies `days` after (before, when negative) `at`'s. */
export function startOfUtcDay(at: Date, days = 0): Date {
  return new Date((Math.floor(at.getTime() / day) + days) * day);
}

/** The first instant of `at`'s UTC month, `months` on. */
export function startOfUtcMonth(at: Date, months = 0): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
}

/** The first instant of `at`'s UTC week (Monday, ISO 8601). */
export function startOfUtcWeek(at: Date): Date {
  return startOfUtcDay(at, -((at.getUTCDay() + 6) % 7));
}

/** `at` moved by a number of seconds. */
export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}
