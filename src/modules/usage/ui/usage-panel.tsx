"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { Card } from "@/ui/display/card";
import { ErrorState } from "@/ui/display/error-state";
import { ChartSkeleton } from "@/ui/display/skeletons";
import { DateRangePicker } from "@/ui/dates/date-range-picker";
import { usageApi, type UsageSummary } from "../contract";
import { BreakdownCard } from "./breakdown-card";
import {
  CallsChart,
  ResponseTimeChart,
  type UsageChartsProps,
} from "./usage-charts";
import { FiguresSkeleton, UsageFigures } from "./usage-figures";
import { usePeriod } from "./use-period";

const everyMs = 15_000;

/** What a customer used in a period: sums, charts and breakdowns. */
export function UsagePanel({ customerId }: { customerId: string }) {
  const period = usePeriod();
  const params = { customer_id: customerId };
  const now = useRead(
    usageApi.customer,
    { params, query: period.days },
    { everyMs, keepPrevious: true },
  );
  const before = useRead(
    usageApi.customer,
    { params, query: period.previous },
    { enabled: period.isComparing },
  );
  return (
    <section aria-label="Usage of a period" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">Usage</h2>
        <DateRangePicker
          value={period.value}
          onChange={period.setValue}
          maxDay={period.today}
          isComparing={period.isComparing}
          onCompareChange={period.setComparing}
        />
      </div>
      {now.data ? (
        <Summary
          usage={now.data}
          before={period.isComparing ? before.data?.daily : undefined}
          today={period.today}
          isLoading={now.isPlaceholderData}
        />
      ) : now.error ? (
        <Card>
          <ErrorState
            title="Usage could not be loaded"
            description={failureOf(now.error).message}
            requestId={failureOf(now.error).requestId}
            onRetry={() => void now.refetch()}
            isRetrying={now.isFetching}
          />
        </Card>
      ) : (
        <PanelSkeleton />
      )}
    </section>
  );
}

type SummaryProps = Omit<UsageChartsProps, "daily"> & { usage: UsageSummary };

function Summary({ usage, ...charts }: SummaryProps) {
  return (
    <>
      <UsageFigures usage={usage} />
      <div className="grid gap-4 xl:grid-cols-2">
        <CallsChart daily={usage.daily} {...charts} />
        <ResponseTimeChart daily={usage.daily} {...charts} />
        <BreakdownCard
          title="By endpoint"
          of="Endpoint"
          rows={usage.by_endpoint}
          unnamed="Endpoint not told"
        />
        <BreakdownCard
          title="By key"
          of="Key"
          rows={usage.by_key}
          unnamed="Without a key"
        />
        {isNamed(usage.by_provider) ? (
          <BreakdownCard
            title="By provider"
            of="Provider"
            rows={usage.by_provider}
            unnamed="No provider"
          />
        ) : null}
        {isNamed(usage.by_model) ? (
          <BreakdownCard
            title="By model"
            of="Model"
            rows={usage.by_model}
            unnamed="No model"
          />
        ) : null}
      </div>
    </>
  );
}

// Most sellers call no model: then there is nothing to break down.
function isNamed(rows: UsageSummary["by_model"]): boolean {
  return rows.some(({ name }) => name !== "");
}

/** The panel's shape while its first answer is under way. */
export function PanelSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <FiguresSkeleton />
      <div className="grid gap-4 xl:grid-cols-2">
        <Card title="Calls">
          <ChartSkeleton />
        </Card>
        <Card title="Response time">
          <ChartSkeleton />
        </Card>
      </div>
    </div>
  );
}
