import type { Limits, Window } from "../contract";

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
