"use client";

import { useMemo, useSyncExternalStore } from "react";

export type Density = "normal" | "compact";

export type TablePreferences = {
  density: Density;
  /** Column id → shown; columns that are not named follow their own default. */
  columns: Record<string, boolean>;
};

const defaults = '{"density":"normal","columns":{}}';
const listeners = new Set<() => void>();

/**
 * Density and columns of one table, kept in this browser under `key`. While the server's
 * page is hydrated they are the defaults.
 */
export function useTablePreferences(key: string) {
  const name = `table:${key}`;
  const stored = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => defaults,
  );
  const preferences = useMemo(() => parse(stored), [stored]);
  function change(patch: Partial<TablePreferences>) {
    write(name, JSON.stringify({ ...preferences, ...patch }));
  }
  return { preferences, change };
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Storage may be switched off (private windows): then nothing is remembered. */
function read(name: string) {
  try {
    return localStorage.getItem(name) ?? defaults;
  } catch {
    return defaults;
  }
}

function write(name: string, value: string) {
  try {
    localStorage.setItem(name, value);
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

function parse(text: string): TablePreferences {
  const found: unknown = tryJson(text);
  if (typeof found !== "object" || found === null)
    return { density: "normal", columns: {} };
  const density =
    "density" in found && found.density === "compact" ? "compact" : "normal";
  const columns =
    "columns" in found && typeof found.columns === "object" && found.columns
      ? Object.entries(found.columns).filter(
          (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
        )
      : [];
  return { density, columns: Object.fromEntries(columns) };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
