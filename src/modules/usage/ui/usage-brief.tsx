"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { Sparkline } from "@/ui/display/sparkline";
import { usageApi } from "../contract";
import { FiguresSkeleton, UsageFigures } from "./usage-figures";

/** The last 30 days in short: the sums and the course of calls. */
export function UsageBrief({ customerId }: { customerId: string }) {
  const { data, error, refetch, isFetching } = useRead(usageApi.customer, {
    params: { customer_id: customerId },
    query: {},
  });
  if (data)
    return (
      <div className="flex flex-col gap-3">
        <UsageFigures usage={data} />
        <p className="flex items-center gap-3 text-xs text-ink-faint">
          <Sparkline
            values={data.daily.map(({ calls }) => calls)}
            label="Calls per day, last 30 days"
            width={160}
          />
          Calls per day, last 30 days
        </p>
      </div>
    );
  if (!error) return <FiguresSkeleton />;
  return (
    <ErrorState
      title="Usage could not be loaded"
      description={failureOf(error).message}
      requestId={failureOf(error).requestId}
      onRetry={() => void refetch()}
      isRetrying={isFetching}
    />
  );
}
