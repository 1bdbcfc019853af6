export type RangePreset =
  "today" | "7d" | "30d" | "90d" | "month" | "last_month" | "year" | "12m";

/** Calendar days, both inclusive, `2026-01-31`. */
export type DayRange = { from: string; to: string };

export type RangeValue = { preset: RangePreset } | DayRange;

export const presetLabels: Record<RangePreset, string> = {
  today: "Today",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  last_month: "Last month",
  year: "This year",
  "12m": "Last 12 months",
};

const dayMs = 86_400_000;

/** The days of a range. `today` is the viewer's calendar day, `2026-01-31`. */
export function resolveRange(value: RangeValue, today: string): DayRange {
  if (!("preset" in value)) return value;
  const [year = 1970, month = 1] = today.split("-").map(Number);
  const back = (days: number) => ({ from: addDays(today, -days), to: today });
  switch (value.preset) {
    case "today":
      return back(0);
    case "7d":
      return back(6);
    case "30d":
      return back(29);
    case "90d":
      return back(89);
    case "month":
      return { from: day(year, month - 1, 1), to: today };
    case "last_month":
      return { from: day(year, month - 2, 1), to: day(year, month - 1, 0) };
    case "year":
      return { from: day(year, 0, 1), to: today };
    case "12m":
      return { from: day(year, month - 12, 1), to: today };
  }
}

/** The range of the same length that ends the day before `range` begins. */
export function previousRange({ from, to }: DayRange): DayRange {
  const days = (toMs(to) - toMs(from)) / dayMs + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

/** The search parameters of a range: `range=30d`, or `from=…&to=…`; the others are null. */
export function rangeParams(value: RangeValue) {
  return "preset" in value
    ? { range: value.preset, from: null, to: null }
    : { range: null, from: value.from, to: value.to };
}

type Params = {
  range?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
};

/** A range from search parameters; `fallback` when they hold none that makes sense. */
export function parseRange(
  { range, from, to }: Params,
  fallback: RangePreset = "30d",
): RangeValue {
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  return { preset: isPreset(range) ? range : fallback };
}

/** `Last 30 days`, `Jan 1 – 31, 2026`. */
export function rangeText(value: RangeValue, locale = "en-US"): string {
  if ("preset" in value) return presetLabels[value.preset];
  const format = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  return format.formatRange(toMs(value.from), toMs(value.to));
}

function isPreset(text: unknown): text is RangePreset {
  return typeof text === "string" && Object.hasOwn(presetLabels, text);
}

function isDay(text: unknown): text is string {
  return (
    typeof text === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(toMs(text)) &&
    new Date(toMs(text)).toISOString().startsWith(text)
  );
}

function toMs(text: string) {
  return Date.parse(`${text}T00:00:00Z`);
}

function addDays(text: string, days: number) {
  return new Date(toMs(text) + days * dayMs).toISOString().slice(0, 10);
}

function day(year: number, month: number, date: number) {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}
