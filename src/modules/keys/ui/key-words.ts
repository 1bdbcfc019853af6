import type { Limits } from "@/modules/limits/contract";
import { compactText } from "@/ui/format/number";
import type { Key } from "../contract";

/** A key as lists show it: `sk_live_…a1b2`. */
export function maskedKey(key: Pick<Key, "prefix" | "last_four">): string {
  return `${key.prefix}…${key.last_four}`;
}

const units: [keyof Limits, string][] = [
  ["per_second", "s"],
  ["per_minute", "min"],
  ["per_hour", "h"],
  ["per_day", "d"],
  ["per_month", "month"],
];

/** `10/s · 1K/d`: the windows that have a limit. */
export function limitsText(limits: Limits): string {
  const bounded = units.flatMap(([field, unit]) => {
    const limit = limits[field];
    return limit === null ? [] : [`${compactText(limit)}/${unit}`];
  });
  return bounded.join(" · ") || "Unlimited";
}
