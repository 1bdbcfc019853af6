"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { EmptyState } from "@/ui/display/empty-state";
import { auditApi, type AuditEntry } from "../contract";
import { ActivityEntry } from "./activity-entry";

export type ActivityListProps = {
  customerId: string;
  /** The newest page of the log. */
  first: { items: AuditEntry[]; next_cursor: string | null };
};

/** What was done to a customer, newest first; older entries come on demand. */
export function ActivityList({ customerId, first }: ActivityListProps) {
  const [entries, setEntries] = useState(first.items);
  const [merged, setMerged] = useState(first);
  if (merged !== first) {
    setMerged(first);
    setEntries(union(first.items, entries));
  }
  const [cursor, setCursor] = useState(first.next_cursor);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function load(after: string) {
    setPending(true);
    setFailure(undefined);
    try {
      const page = await call(auditApi.customer, {
        params: { customer_id: customerId },
        query: { cursor: after },
      });
      setEntries((known) => union(known, page.items));
      setCursor(page.next_cursor);
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  if (entries.length === 0)
    return (
      <EmptyState
        title="Nothing has been done yet"
        description="Each change to this customer, its keys and its balance is listed here with who made it."
      />
    );
  return (
    <>
      <ol>
        {entries.map((entry) => (
          <ActivityEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {failure ? (
        <div className="p-4">
          <Callout tone="danger" title="Older entries could not be loaded">
            {failure}
          </Callout>
        </div>
      ) : null}
      {cursor ? (
        <div className="flex justify-center border-t p-3">
          <Button isPending={isPending} onPress={() => void load(cursor)}>
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
