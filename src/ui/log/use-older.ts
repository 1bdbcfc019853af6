"use client";

import { useState } from "react";
import { failureOf } from "@/client/failure";

/** A page of a log, newest first. */
export type LogPage<T> = { items: T[]; next_cursor: string | null };

/**
 * What has been loaded of a log, newest first: the items of `first`, as the server renews it, and
 * the older ones that `load` brought.
 */
export function useOlder<T>(
  first: LogPage<T>,
  idOf: (item: T) => string,
  load: (cursor: string) => Promise<LogPage<T>>,
) {
  const [items, setItems] = useState(first.items);
  const [merged, setMerged] = useState(first);
  if (merged !== first) {
    setMerged(first);
    setItems(joined(first.items, items, idOf));
  }
  const [cursor, setCursor] = useState(first.next_cursor);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function loadOlder(after: string) {
    setPending(true);
    setFailure(undefined);
    try {
      const page = await load(after);
      setItems((known) => joined(known, page.items, idOf));
      setCursor(page.next_cursor);
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  return { items, older: { cursor, isPending, failure, loadOlder } };
}

function joined<T>(newer: T[], older: T[], idOf: (item: T) => string): T[] {
  const known = new Set(newer.map(idOf));
  return [...newer, ...older.filter((item) => !known.has(idOf(item)))];
}
