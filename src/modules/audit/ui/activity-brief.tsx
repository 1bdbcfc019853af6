"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { Skeleton } from "@/ui/display/skeletons";
import { Time } from "@/ui/display/time";
import { auditApi } from "../contract";
import { actionWords } from "./activity-words";

/** The latest things done to a customer, a line each. */
export function ActivityBrief({ customerId }: { customerId: string }) {
  const { data, error, refetch, isFetching } = useRead(auditApi.customer, {
    params: { customer_id: customerId },
    query: { limit: 8 },
  });
  if (error && !data)
    return (
      <ErrorState
        title="Activity could not be loaded"
        description={failureOf(error).message}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  if (!data) return <Skeleton className="h-32 w-full" />;
  if (data.items.length === 0)
    return <p className="text-ink-muted">Nothing has been done yet.</p>;
  return (
    <ol className="divide-y rounded-lg border">
      {data.items.map((entry) => (
        <li
          key={entry.id}
          className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 px-3 py-1.5"
        >
          <span className="min-w-0">
            <span className="font-medium">{entry.actor.name}</span>{" "}
            {actionWords(entry)}
          </span>
          <Time
            value={entry.created_at}
            format="relative"
            className="text-xs text-ink-faint"
          />
        </li>
      ))}
    </ol>
  );
}
