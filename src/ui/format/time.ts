export type TimeFormat = "date" | "datetime" | "time" | "relative";

const styles: Record<
  Exclude<TimeFormat, "relative">,
  Intl.DateTimeFormatOptions
> = {
  date: { year: "numeric", month: "short", day: "numeric" },
  datetime: {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  },
  time: { hour: "numeric", minute: "2-digit" },
};

/** An instant in a zone: `Jan 31, 2026, 2:05 PM`. */
export function timeText(
  at: Date,
  format: Exclude<TimeFormat, "relative">,
  timeZone: string,
  locale = "en-US",
): string {
  return new Intl.DateTimeFormat(locale, {
    ...styles[format],
    timeZone,
  }).format(at);
}

/** `2026-01-31 14:05:09 UTC`, the exact instant for a tooltip. */
export function utcText(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** `3 hours ago`, `in 2 days`, `just now`. */
export function relativeText(at: Date, now: Date, locale = "en-US"): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of steps) {
    const count = Math.trunc(seconds / length);
    if (count !== 0) return format.format(count, unit);
  }
  return seconds > 0 ? "in a moment" : "just now";
}
