"use client";

import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import {
  parseRange,
  previousRange,
  rangeParams,
  resolveRange,
  type RangeValue,
} from "@/ui/dates/range";

const parsers = {
  range: parseAsString,
  from: parseAsString,
  to: parseAsString,
  compare: parseAsBoolean,
};

/** The period that is looked at, in UTC days, and whether the one before is drawn too; in the URL. */
export function usePeriod() {
  const [params, setParams] = useQueryStates(parsers, {
    shallow: true,
    history: "push",
  });
  const value = parseRange(params);
  const today = new Date().toISOString().slice(0, 10);
  const days = resolveRange(value, today);
  return {
    value,
    today,
    days,
    previous: previousRange(days),
    isComparing: params.compare ?? false,
    setValue: (next: RangeValue) => void setParams(rangeParams(next)),
    setComparing: (isOn: boolean) => void setParams({ compare: isOn || null }),
  };
}
