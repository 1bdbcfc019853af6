"use client";

import { BellOff } from "lucide-react";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { FilterChips, type Filter } from "@/ui/display/filter-chips";
import { LoadOlder } from "@/ui/log/load-older";
import { useLogUrl, type LogFilters } from "@/ui/log/use-log-url";
import { useOlder } from "@/ui/log/use-older";
import type { AlertPage } from "../contract";
import { AlertList } from "./alert-list";
import { kindWords } from "./alert-words";

const names = ["state", "kind", "unread"] as const;
type Values = LogFilters<(typeof names)[number]>;

/** The alerts of everyone, with filters that live in the URL. */
export function AlertsScreen({ first }: { first: AlertPage }) {
  const { values, query, isPending, isFiltered, put, clear } = useLogUrl(names);
  const { items: alerts, older } = useOlder(
    first,
    ({ id }) => id,
    async (cursor) => {
      const { loadOlderAlerts } = await import("./alert-query");
      return loadOlderAlerts(query, cursor);
    },
  );
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <FilterChips
        filters={chipsOf(values)}
        onChange={(id, value) => put({ [id]: value })}
        onClear={clear}
      />
      <div
        className={`min-w-0 overflow-clip rounded-lg border motion-safe:transition-opacity ${isPending ? "opacity-50 delay-150" : ""}`}
      >
        {alerts.length > 0 ? (
          <AlertList label="Alerts" alerts={alerts} withCustomer />
        ) : (
          <Empty isFiltered={isFiltered} onClear={clear} />
        )}
        <LoadOlder {...older} things="alerts" />
      </div>
    </div>
  );
}

function chipsOf(values: Values): Filter[] {
  return [
    {
      id: "state",
      label: "State",
      options: [
        { id: "open", label: "Open" },
        { id: "recovered", label: "Recovered" },
      ],
      value: values.state ?? null,
    },
    {
      id: "unread",
      label: "Read",
      options: [{ id: "true", label: "Unread only" }],
      value: values.unread ?? null,
    },
    {
      id: "kind",
      label: "Kind",
      options: Object.entries(kindWords).map(([id, label]) => ({ id, label })),
      value: values.kind ?? null,
    },
  ];
}

type EmptyProps = { isFiltered: boolean; onClear: () => void };

function Empty({ isFiltered, onClear }: EmptyProps) {
  if (isFiltered)
    return (
      <NoMatch
        title="No alerts match"
        description="None fits these filters."
        action={<Button onPress={onClear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<BellOff />}
      title="No alerts yet"
      description="When a customer reaches 80, 90 or 100% of a quota or cap, is heading past it, or uses a model that has no price, it is said here."
    />
  );
}
