"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { Skeleton } from "@/ui/display/skeletons";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { keysApi, type Key } from "../contract";
import { maskedKey } from "./key-words";

const shownAtMost = 5;

/** A customer's newest keys in short. */
export function KeysBrief({ customerId }: { customerId: string }) {
  const { data, error, refetch, isFetching } = useRead(keysApi.listOfCustomer, {
    params: { customer_id: customerId },
    query: { per_page: shownAtMost },
  });
  if (error && !data)
    return (
      <ErrorState
        title="Keys could not be loaded"
        description={failureOf(error).message}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  if (!data) return <Skeleton className="h-32 w-full" />;
  if (data.items.length === 0)
    return <p className="text-ink-muted">This customer has no keys in use.</p>;
  return (
    <>
      <div className="rounded-lg border">
        <KeyLines keys={data.items} />
      </div>
      {data.total > shownAtMost ? (
        <p className="mt-2 text-xs text-ink-faint">
          {`The newest ${shownAtMost} of ${data.total}.`}
        </p>
      ) : null}
    </>
  );
}

/** Keys in a line each: name, mask, status and last use. */
export function KeyLines({ keys }: { keys: readonly Key[] }) {
  return (
    <ul className="divide-y">
      {keys.map((key) => (
        <li
          key={key.id}
          className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm"
        >
          <span className="min-w-0 flex-1 basis-40 truncate font-medium">
            {key.name}
          </span>
          <span className="font-mono text-xs text-ink-muted">
            {maskedKey(key)}
          </span>
          <StatusBadge status={key.status} />
          <span className="text-xs text-ink-faint">
            used{" "}
            <Time value={key.last_used_at} format="relative" empty="never" />
          </span>
        </li>
      ))}
    </ul>
  );
}
