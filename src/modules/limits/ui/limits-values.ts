import { windowLabels } from "@/ui/format/window-names";
import type { Limits } from "../contract";

/** What is typed for one window; `count` is NaN while the field is empty. */
export type WindowValue = { isUnlimited: boolean; count: number };

/** What is typed for all five, by the names of Limits. */
export type LimitsValues = Record<keyof Limits, WindowValue>;

export const limitLabels = windowLabels((field) => `${field}.count`);

/** The form's values for limits; every window unlimited for none. */
export function toLimitsValues(limits: Limits | null): LimitsValues {
  const value = (limit: number | null): WindowValue => ({
    isUnlimited: limit === null,
    count: limit ?? NaN,
  });
  return {
    per_second: value(limits?.per_second ?? null),
    per_minute: value(limits?.per_minute ?? null),
    per_hour: value(limits?.per_hour ?? null),
    per_day: value(limits?.per_day ?? null),
    per_month: value(limits?.per_month ?? null),
  };
}

/** The API's limits: a window that is left out would be unlimited, so none is. */
export function toLimitsBody(values: LimitsValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, { isUnlimited, count }]) => [
      name,
      isUnlimited ? null : count,
    ]),
  );
}

/** The field in which a window of the API was typed. */
export function toLimitsField(path: string): string {
  return path.startsWith("per_") ? `${path}.count` : path;
}
