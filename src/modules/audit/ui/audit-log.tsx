"use client";

import { ScrollText } from "lucide-react";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { LoadOlder } from "@/ui/log/load-older";
import { LogTable } from "@/ui/log/log-table";
import { useLogUrl } from "@/ui/log/use-log-url";
import { useOlder, type LogPage } from "@/ui/log/use-older";
import type { AuditEntry } from "../contract";
import { AuditFilterBar } from "./audit-filter-bar";
import { auditFilters } from "./audit-filters";
import { auditHeads, AuditRow } from "./audit-row";

/** The log with its filters, which live in the URL; older entries come on demand. */
export function AuditLog({ first }: { first: LogPage<AuditEntry> }) {
  const { values, query, isPending, isFiltered, put, clear } =
    useLogUrl(auditFilters);
  const { items: entries, older } = useOlder(
    first,
    ({ id }) => id,
    async (cursor) => {
      // The contract comes with the first press, not with the page.
      const { loadOlder } = await import("./audit-query");
      return loadOlder(query, cursor);
    },
  );
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <AuditFilterBar
          values={values}
          entries={entries}
          onChange={put}
          onClear={clear}
        />
      </div>
      <div className="min-w-0 overflow-clip rounded-lg border">
        {entries.length === 0 ? (
          <Empty hasFilters={isFiltered} onClear={clear} />
        ) : (
          <LogTable label="Audit log" heads={auditHeads} isPending={isPending}>
            {entries.map((entry) => (
              <AuditRow
                key={entry.id}
                entry={entry}
                onNarrow={(filter, value) => put({ [filter]: value })}
              />
            ))}
          </LogTable>
        )}
        <LoadOlder {...older} things="entries" />
      </div>
    </div>
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
