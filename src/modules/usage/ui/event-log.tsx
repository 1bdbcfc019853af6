"use client";

import { Activity } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import type { LoggedEvent } from "../contract/log";
import { EventFilterBar } from "./event-filter-bar";
import { eventFilterNames, type EventFilterValues } from "./event-filters";
import type { EventPage } from "./event-query";
import { EventRow } from "./event-row";

const parsers = Object.fromEntries(
  eventFilterNames.map((name) => [name, parseAsString] as const),
);
const nothing = Object.fromEntries(
  eventFilterNames.map((name) => [name, null] as const),
);
const heads = ["When", "Customer", "Call", "Answer", "Cost"];

/** Usage events with their filters, which live in the URL; older ones come on demand. */
export function EventLog({ first }: { first: EventPage }) {
  const [isPending, startTransition] = useTransition();
  const [values, setValues] = useQueryStates(parsers, {
    shallow: false,
    startTransition,
    history: "push",
  });
  const put = (patch: EventFilterValues) => void setValues(patch);
  const log = useOlder(first, values);
  const hasFilters = eventFilterNames.some((name) => Boolean(values[name]));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <EventFilterBar
        values={values}
        events={log.events}
        onChange={put}
        onClear={() => put(nothing)}
      />
      <div className="min-w-0 overflow-clip rounded-lg border">
        {log.events.length === 0 ? (
          <Empty
            hasFilters={hasFilters}
            hasMore={log.cursor !== null}
            onClear={() => put(nothing)}
          />
        ) : (
          <table
            role="table"
            aria-label="Usage events"
            aria-busy={isPending}
            className="w-full border-separate border-spacing-0 text-left max-sm:block"
          >
            <thead role="rowgroup" className="max-sm:sr-only">
              <tr role="row">
                {heads.map((head) => (
                  <th
                    key={head}
                    role="columnheader"
                    scope="col"
                    className={`${th} ${head === "Cost" ? "text-right" : ""}`}
                  >
                    {head}
                  </th>
                ))}
                <th role="columnheader" scope="col" className={`${th} w-12`}>
                  <span className="sr-only">Details</span>
                </th>
              </tr>
            </thead>
            <tbody
              role="rowgroup"
              className={`max-sm:block motion-safe:transition-opacity ${isPending ? "opacity-50 delay-150" : ""}`}
            >
              {log.events.map((event) => (
                <EventRow
                  key={`${event.customer.id} ${event.id}`}
                  event={event}
                  onNarrow={put}
                />
              ))}
            </tbody>
          </table>
        )}
        {log.failure ? (
          <div className="p-4">
            <Callout tone="danger" title="Older events could not be loaded">
              {log.failure}
            </Callout>
          </div>
        ) : null}
        {log.cursor ? (
          <div className="flex justify-center border-t p-3">
            <Button isPending={log.isPending} onPress={log.loadOlder}>
              Load more
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

const th =
  "sticky top-(--sticky-top,0px) z-10 h-9 border-b bg-subtle px-3 text-xs font-medium text-ink-muted";

function useOlder(first: EventPage, values: EventFilterValues) {
  const [older, setOlder] = useState<LoggedEvent[]>([]);
  const [cursor, setCursor] = useState(first.next_cursor);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function load(after: string) {
    setPending(true);
    setFailure(undefined);
    try {
      // The contract comes with the first press, not with the page.
      const { loadOlderEvents } = await import("./event-query");
      const page = await loadOlderEvents(withoutNull(values), after);
      setOlder((known) => [...known, ...page.items]);
      setCursor(page.next_cursor);
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  return {
    events: [...first.items, ...older],
    cursor,
    isPending,
    failure,
    loadOlder: () => cursor !== null && void load(cursor),
  };
}

function withoutNull(values: EventFilterValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value ? [[name, value] as const] : [],
    ),
  );
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
