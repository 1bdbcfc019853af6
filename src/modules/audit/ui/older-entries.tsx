"use client";

import { useState } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import type { AuditEntry } from "../contract";

/** A page of the log. */
export type EntryPage = { items: AuditEntry[]; next_cursor: string | null };

/**
 * The entries of a log that have been loaded, newest first: those of `first`, as the server renews
 * it, and the older ones that `load` brought.
 */
export function useEntries(
  first: EntryPage,
  load: (cursor: string) => Promise<EntryPage>,
) {
  const [entries, setEntries] = useState(first.items);
  const [merged, setMerged] = useState(first);
  if (merged !== first) {
    setMerged(first);
    setEntries(union(first.items, entries));
  }
  const [cursor, setCursor] = useState(first.next_cursor);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function loadOlder(after: string) {
    setPending(true);
    setFailure(undefined);
    try {
      const page = await load(after);
      setEntries((known) => union(known, page.items));
      setCursor(page.next_cursor);
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  return { entries, older: { cursor, isPending, failure, loadOlder } };
}

type OlderProps = ReturnType<typeof useEntries>["older"];

/** The button under a log that brings older entries, and what went wrong with it. */
export function OlderEntries({
  cursor,
  isPending,
  failure,
  loadOlder,
}: OlderProps) {
  return (
    <>
      {failure ? (
        <div className="p-4">
          <Callout tone="danger" title="Older entries could not be loaded">
            {failure}
          </Callout>
        </div>
      ) : null}
      {cursor ? (
        <div className="flex justify-center border-t p-3">
          <Button isPending={isPending} onPress={() => void loadOlder(cursor)}>
            Load more
          </Button>
        </div>
      ) : null}
    </>
  );
}

// Ids grow with time, so their order is the log's.
function union(some: AuditEntry[], others: AuditEntry[]): AuditEntry[] {
  const byId = new Map([...others, ...some].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}
