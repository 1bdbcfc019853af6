"use client";

import { Activity } from "lucide-react";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { LoadOlder } from "@/ui/log/load-older";
import { LogTable } from "@/ui/log/log-table";
import { useLogUrl } from "@/ui/log/use-log-url";
import { useOlder, type LogPage } from "@/ui/log/use-older";
import type { LoggedEvent } from "../contract/log";
import { EventFilterBar } from "./event-filter-bar";
import { eventFilterNames } from "./event-filters";
import { eventHeads, EventRow } from "./event-row";

export type EventLogProps = {
  first: LogPage<LoggedEvent>;
  /** May open tickets. */
  mayAsk: boolean;
};

/** Usage events with their filters, which live in the URL; older ones come on demand. */
export function EventLog({ first, mayAsk }: EventLogProps) {
  const { values, query, isPending, isFiltered, put, clear } =
    useLogUrl(eventFilterNames);
  const { items: events, older } = useOlder(first, keyOf, async (cursor) => {
    // The contract comes with the first press, not with the page.
    const { loadOlderEvents } = await import("./event-query");
    return loadOlderEvents(query, cursor);
  });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <EventFilterBar
        values={values}
        events={events}
        onChange={put}
        onClear={clear}
      />
      <div className="min-w-0 overflow-clip rounded-lg border">
        {events.length === 0 ? (
          <Empty
            hasFilters={isFiltered}
            hasMore={older.cursor !== null}
            onClear={clear}
          />
        ) : (
          <LogTable
            label="Usage events"
            heads={eventHeads}
            isPending={isPending}
          >
            {events.map((event) => (
              <EventRow
                key={keyOf(event)}
                event={event}
                mayAsk={mayAsk}
                onNarrow={put}
              />
            ))}
          </LogTable>
        )}
        <LoadOlder {...older} things="events" />
      </div>
    </div>
  );
}

// Ids are their customer's own.
function keyOf({ id, customer }: LoggedEvent): string {
  return `${customer.id} ${id}`;
}

type EmptyProps = {
  hasFilters: boolean;
  hasMore: boolean;
  onClear: () => void;
};

function Empty({ hasFilters, hasMore, onClear }: EmptyProps) {
  if (hasFilters || hasMore)
    return (
      <NoMatch
        title={hasMore ? "Nothing found so far" : "No events match"}
        description={
          hasMore
            ? "What was searched yet holds no such event. Load more to look further back."
            : "Nothing that fits these filters was used."
        }
        action={<Button onPress={onClear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<Activity />}
      title="Nothing has been used yet"
      description="Each call that your program reports, and each that was refused, is listed here."
      curl={`curl -X POST $APP_URL/api/v1/usage/events -H "Authorization: Bearer tk_…" -d '{"id":"call-1","customer_id":"cus_…"}'`}
    />
  );
}
