"use client";

import { BellOff } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { FilterChips, type Filter } from "@/ui/display/filter-chips";
import { toast } from "@/ui/display/toaster";
import type { Alert, AlertPage } from "../contract";
import { AlertList } from "./alert-list";
import { kindWords } from "./alert-words";

const names = ["state", "kind", "unread"] as const;
type Values = Record<(typeof names)[number], string | null>;
const nothing: Values = { state: null, kind: null, unread: null };

/** The alerts of everyone, with filters that live in the URL. */
export function AlertsScreen({ first }: { first: AlertPage }) {
  const [isPending, startTransition] = useTransition();
  const [values, setValues] = useQueryStates(
    { state: parseAsString, kind: parseAsString, unread: parseAsString },
    { shallow: false, startTransition, history: "push" },
  );
  const [older, setOlder] = useState<Alert[]>([]);
  const [cursor, setCursor] = useState(first.next_cursor);
  const [isLoading, setLoading] = useState(false);
  async function load(after: string) {
    setLoading(true);
    try {
      const { loadOlderAlerts } = await import("./alert-query");
      const given = Object.entries(values).flatMap(([name, value]) =>
        value ? [[name, value] as const] : [],
      );
      const page = await loadOlderAlerts(Object.fromEntries(given), after);
      setOlder((known) => [...known, ...page.items]);
      setCursor(page.next_cursor);
    } catch (error) {
      const description = failureOf(error).message;
      toast.error("Older alerts could not be loaded", { description });
    }
    setLoading(false);
  }
  const alerts = [...first.items, ...older];
  const clear = () => void setValues(nothing);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <FilterChips
        filters={chipsOf(values)}
        onChange={(id, value) => void setValues({ [id]: value })}
        onClear={clear}
      />
      <div
        className={`min-w-0 overflow-clip rounded-lg border motion-safe:transition-opacity ${isPending ? "opacity-50 delay-150" : ""}`}
      >
        {alerts.length > 0 ? (
          <AlertList label="Alerts" alerts={alerts} withCustomer />
        ) : (
          <Empty
            isFiltered={names.some((name) => values[name] !== null)}
            onClear={clear}
          />
        )}
        {cursor ? (
          <div className="flex justify-center border-t p-3">
            <Button isPending={isLoading} onPress={() => void load(cursor)}>
              Load more
            </Button>
          </div>
        ) : null}
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
      value: values.state,
    },
    {
      id: "unread",
      label: "Read",
      options: [{ id: "true", label: "Unread only" }],
      value: values.unread,
    },
    {
      id: "kind",
      label: "Kind",
      options: Object.entries(kindWords).map(([id, label]) => ({ id, label })),
      value: values.kind,
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
