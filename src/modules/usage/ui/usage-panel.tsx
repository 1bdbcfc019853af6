"use client";

import { failureOf } from "@/client/failure";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { ErrorState } from "@/ui/display/error-state";
import { ChartSkeleton } from "@/ui/display/skeletons";
import { DateRangePicker } from "@/ui/dates/date-range-picker";
import type { UsageSummary } from "../contract";
import { BreakdownCard } from "./breakdown-card";
import {
  CallsChart,
  ResponseTimeChart,
  type UsageChartsProps,
} from "./usage-charts";
import { CostChart, TokensChart } from "./spend-charts";
import { QuotasCard } from "./quota-meters";
import { UnpricedNotice } from "./unpriced-notice";
import { FiguresSkeleton, UsageFigures } from "./usage-figures";
import { usePeriod } from "./use-period";
import { useUsage } from "./use-usage";

export type UsagePanelProps = {
  /** Whose; null is the viewer's own customer. */
  customerId: string | null;
  /** Of the customer. */
  timeZone: string;
};

/** What a customer used in a period: quotas, sums, charts and breakdowns. */
export function UsagePanel({ customerId, timeZone }: UsagePanelProps) {
  const period = usePeriod();
  const now = useUsage(customerId, period.days, { isLive: true });
  const before = useUsage(customerId, period.previous, {
    enabled: period.isComparing,
  });
  return (
    <section aria-label="Usage of a period" className="flex flex-col gap-4">
      {now.data ? (
        <QuotasCard
          quotas={now.data.quotas}
          spendCap={now.data.spend_cap}
          timeZone={timeZone}
        />
      ) : null}
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
          customerId={customerId}
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

type SummaryProps = Omit<UsageChartsProps, "daily"> & {
  usage: UsageSummary;
  customerId: string | null;
};

function Summary({ usage, customerId, ...charts }: SummaryProps) {
  const log = customerId ? `/usage/events?customer_id=${customerId}` : null;
  return (
    <>
      <UsageFigures usage={usage} />
      {log ? (
        <p className="text-sm">
          <Link href={log} prefetch={false}>
            See each event
          </Link>
        </p>
      ) : null}
      {usage.total_unpriced > 0 && log ? (
        <UnpricedNotice
          count={usage.total_unpriced}
          href={`${log}&unpriced=true`}
        />
      ) : null}
      <div className="grid gap-4 xl:grid-cols-2">
        <CallsChart daily={usage.daily} {...charts} />
        <ResponseTimeChart daily={usage.daily} {...charts} />
        {Number(usage.total_cost) > 0 ? (
          <CostChart
            daily={usage.daily}
            projection={usage.projection}
            {...charts}
          />
        ) : null}
        {usage.total_tokens > 0 ? (
          <TokensChart
            daily={usage.daily}
            projection={usage.projection}
            {...charts}
          />
        ) : null}
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
