import type { Limits, Window } from "@/shared/limits";

/** The windows in order, as people name them, with the field of Limits that bounds each. */
export const windowNames: readonly {
  window: Window;
  field: keyof Limits;
  label: string;
}[] = [
  { window: "second", field: "per_second", label: "Per second" },
  { window: "minute", field: "per_minute", label: "Per minute" },
  { window: "hour", field: "per_hour", label: "Per hour" },
  { window: "day", field: "per_day", label: "Per day" },
  { window: "month", field: "per_month", label: "Per month" },
];

/** The labels of a form's five fields by their paths: `limits.per_minute`, "Per minute". */
export function windowLabels<P extends string>(
  toPath: (field: keyof Limits) => P,
  before = "",
): Readonly<Record<P, string>> {
  const labels = windowNames.map(({ field, label }) => [
    toPath(field),
    before ? `${before} ${label.toLowerCase()}` : label,
  ]);
  // Safe: there is one for each field, and so for each path.
  return Object.fromEntries(labels) as Record<P, string>;
}
