"use client";

import { ScrollText } from "lucide-react";
import { useQueryStates, parseAsString } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { AuditFilterBar, type FilterValues } from "./audit-filter-bar";
import { auditFilters } from "./audit-filters";
import { AuditRow } from "./audit-row";
import { OlderEntries, useEntries, type EntryPage } from "./older-entries";

const parsers = Object.fromEntries(
  auditFilters.map((name) => [name, parseAsString] as const),
);
const nothing = Object.fromEntries(
  auditFilters.map((name) => [name, null] as const),
);
const heads = ["When", "Who", "What", "Target", "From"];

/** The log with its filters, which live in the URL; older entries come on demand. */
export function AuditLog({ first }: { first: EntryPage }) {
  const [isPending, startTransition] = useTransition();
  const [values, setValues] = useQueryStates(parsers, {
    shallow: false,
    startTransition,
    history: "push",
  });
  const put = (patch: FilterValues) => void setValues(patch);
  const { entries, older } = useEntries(first, async (cursor) => {
    // The contract comes with the first press, not with the page.
    const { loadOlder } = await import("./audit-query");
    return loadOlder(withoutNull(values), cursor);
  });
  const hasFilters = auditFilters.some((name) => Boolean(values[name]));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <AuditFilterBar
          values={values}
          entries={entries}
          onChange={put}
          onClear={() => put(nothing)}
        />
      </div>
      <div className="min-w-0 overflow-clip rounded-lg border">
        {entries.length === 0 ? (
          <Empty hasFilters={hasFilters} onClear={() => put(nothing)} />
        ) : (
          <table
            role="table"
            aria-label="Audit log"
            aria-busy={isPending}
            className="w-full border-separate border-spacing-0 text-left max-sm:block"
          >
            <thead role="rowgroup" className="max-sm:sr-only">
              <tr role="row">
                {heads.map((head) => (
                  <th key={head} role="columnheader" scope="col" className={th}>
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
              {entries.map((entry) => (
                <AuditRow
                  key={entry.id}
                  entry={entry}
                  onNarrow={(filter, value) => put({ [filter]: value })}
                />
              ))}
            </tbody>
          </table>
        )}
        <OlderEntries {...older} />
      </div>
    </div>
  );
}

const th =
  "sticky top-(--sticky-top,0px) z-10 h-9 border-b bg-subtle px-3 text-xs font-medium text-ink-muted";

function withoutNull(values: FilterValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const],
    ),
  );
}

type EmptyProps = { hasFilters: boolean; onClear: () => void };

function Empty({ hasFilters, onClear }: EmptyProps) {
  if (hasFilters)
    return (
      <NoMatch
        title="No entries match"
        description="Nothing that fits these filters was done."
        action={<Button onPress={onClear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<ScrollText />}
      title="Nothing has been done yet"
      description="Every change is written down here, with who made it, when and from where, and cannot be edited afterwards."
    />
  );
}
