"use client";

import { call } from "@/client/call";
import { EmptyState } from "@/ui/display/empty-state";
import { auditApi } from "../contract";
import { ActivityEntry } from "./activity-entry";
import { OlderEntries, useEntries, type EntryPage } from "./older-entries";

export type ActivityListProps = {
  customerId: string;
  /** The newest page of the log. */
  first: EntryPage;
};

/** What was done to a customer, newest first; older entries come on demand. */
export function ActivityList({ customerId, first }: ActivityListProps) {
  const { entries, older } = useEntries(first, (cursor) =>
    call(auditApi.customer, {
      params: { customer_id: customerId },
      query: { cursor },
    }),
  );
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
      <OlderEntries {...older} />
    </>
  );
}
