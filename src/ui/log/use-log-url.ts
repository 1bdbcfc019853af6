"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";

/** The filters of a log by their names; null or missing: not filtered by. */
export type LogFilters<Name extends string> = Partial<
  Record<Name, string | null>
>;

/** The filters of a log, which live in the URL; a change is a step back in the browser's history. */
export function useLogUrl<Name extends string>(names: readonly Name[]) {
  const [isPending, startTransition] = useTransition();
  const [parsers] = useState(() =>
    Object.fromEntries(names.map((name) => [name, parseAsString] as const)),
  );
  const [values, setValues] = useQueryStates(parsers, {
    shallow: false,
    startTransition,
    history: "push",
  });
  const put = (some: LogFilters<Name>) => void setValues(some);
  return {
    values: values as LogFilters<Name>, // Safe: its keys are the parsers', which are the names.
    isPending,
    isFiltered: names.some((name) => Boolean(values[name])),
    put,
    clear: () => void setValues(null),
    /** those that are set, as a query has them */
    query: Object.fromEntries(
      names.flatMap((name) => {
        const value = values[name];
        return value ? [[name, value] as const] : [];
      }),
    ),
  };
}
