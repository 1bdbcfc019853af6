"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { Skeleton } from "@/ui/display/skeletons";
import { keysApi } from "../contract";
import { KeyLines } from "./key-lines";

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
