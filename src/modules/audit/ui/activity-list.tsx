"use client";

import { call } from "@/client/call";
import { EmptyState } from "@/ui/display/empty-state";
import { LoadOlder } from "@/ui/log/load-older";
import { useOlder, type LogPage } from "@/ui/log/use-older";
import { auditApi, type AuditEntry } from "../contract";
import { ActivityEntry } from "./activity-entry";

export type ActivityListProps = {
  customerId: string;
  /** The newest page of the log. */
  first: LogPage<AuditEntry>;
};

/** What was done to a customer, newest first; older entries come on demand. */
export function ActivityList({ customerId, first }: ActivityListProps) {
  const { items: entries, older } = useOlder(
    first,
    ({ id }) => id,
    (cursor) =>
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
      <LoadOlder {...older} things="entries" />
    </>
  );
}
