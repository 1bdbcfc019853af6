"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import dynamic from "next/dynamic";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { BarChart } from "@/ui/charts/bar-chart";
import { startOf } from "@/ui/charts/series";
import { DateRangePicker } from "@/ui/dates/date-range-picker";
import { Card } from "@/ui/display/card";
import { ErrorState } from "@/ui/display/error-state";
import { Skeleton } from "@/ui/display/skeletons";
import { compactText, countText } from "@/ui/format/number";
import { usageApi, type UsageTrends } from "../contract";
import { dollarText } from "./dollars";
import {
  chartOf,
  groupNames,
  measureNames,
  partsOf,
  type GroupName,
  type MeasureName,
} from "./overview-data";
import { OverviewTotals } from "./overview-totals";
import { PartsTable } from "./parts-table";
import { UnpricedNotice } from "./unpriced-notice";
import { PanelSkeleton } from "./usage-panel";
import { usePeriod } from "./use-period";

// What the page can be read without.
const Select = dynamic(
  () => import("@/ui/forms/select").then((part) => part.Select),
  { ssr: false, loading: () => <Skeleton className="h-9 w-32" /> },
);

const parsers = {
  by: parseAsStringLiteral(groupNames).withDefault("provider"),
  measure: parseAsStringLiteral(measureNames).withDefault("calls"),
};

const groupWords: Record<GroupName, string> = {
  provider: "Provider",
  model: "Model",
  endpoint: "Endpoint",
  key: "Key",
  customer: "Customer",
};
const measureWords: Record<MeasureName, string> = {
  calls: "Calls",
  cost: "Cost",
  tokens: "Tokens",
  errors: "Errors",
};
const unnamed: Record<GroupName, string> = {
  provider: "No provider",
  model: "No model",
  endpoint: "Endpoint not told",
  key: "Without a key",
  customer: "Without a customer",
};

/** What everyone used in a period: sums beside the period before, and who and what used it. */
export function UsageOverview() {
  const period = usePeriod();
  const [{ by, measure }, choose] = useQueryStates(parsers, { shallow: true });
  const interval = monthsIn(period.days) > 4 ? "month" : "day";
  const { data, error, isFetching, isPlaceholderData, refetch } = useRead(
    usageApi.trends,
    {
      query: { ...period.days, interval, group_by: by, compare: "previous" },
    },
    { everyMs: 30_000, keepPrevious: true },
  );
  return (
    <section aria-label="Usage of a period" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div className="flex flex-wrap gap-2">
          <Select
            label="By"
            hideLabel
            className="w-36"
            value={by}
            options={groupNames.map((id) => ({
              id,
              label: `By ${groupWords[id].toLowerCase()}`,
            }))}
            onChange={(id) => void choose({ by: id as GroupName })} // Safe: an option.
          />
          <Select
            label="Measure"
            hideLabel
            className="w-32"
            value={measure}
            options={measureNames.map((id) => ({
              id,
              label: measureWords[id],
            }))}
            onChange={(id) => void choose({ measure: id as MeasureName })} // Safe: an option.
          />
        </div>
        <DateRangePicker
          value={period.value}
          onChange={period.setValue}
          maxDay={period.today}
        />
      </div>
      {data ? (
        <Overview
          {...{ data, by, measure, isLoading: isPlaceholderData }}
          days={period.days}
          today={period.today}
        />
      ) : error ? (
        <Card>
          <ErrorState
            title="Usage could not be loaded"
            description={failureOf(error).message}
            requestId={failureOf(error).requestId}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        </Card>
      ) : (
        <PanelSkeleton />
      )}
    </section>
  );
}

type OverviewProps = {
  data: UsageTrends;
  by: GroupName;
  measure: MeasureName;
  days: { from: string; to: string };
  today: string;
  isLoading: boolean;
};

function Overview(props: OverviewProps) {
  const { data, by, measure, days, today, isLoading } = props;
  const nameOf = (name: string) =>
    name === "(other)" ? "All others" : name || unnamed[by];
  const chart = chartOf(data, measure, nameOf);
  const isMoney = measure === "cost";
  return (
    <>
      <OverviewTotals data={data} />
      {data.totals.unpriced > 0 ? (
        <UnpricedNotice
          count={data.totals.unpriced}
          href="/usage/events?unpriced=true"
        />
      ) : null}
      <Card
        title={`${measureWords[measure]} by ${groupWords[by].toLowerCase()}`}
        description={`${data.interval === "day" ? "Per UTC day" : "Per UTC month"}${data.ranking_is_exact ? "" : ". Others may be about as busy as those that are named"}`}
      >
        <BarChart
          label={`${measureWords[measure]} by ${groupWords[by].toLowerCase()}`}
          data={chart.data}
          series={chart.series}
          interval={data.interval}
          incompleteFrom={startOfBucket(today, data.interval)}
          isStacked
          isLoading={isLoading}
          format={isMoney ? dollarText : countText}
          formatAxis={isMoney ? dollarText : compactText}
          emptyText="Nothing was used in this period"
        />
      </Card>
      <PartsTable
        title={`By ${groupWords[by].toLowerCase()}`}
        head={groupWords[by]}
        by={by}
        parts={partsOf(data, measure)}
        nameOf={nameOf}
        days={days}
      />
    </>
  );
}

function startOfBucket(
  today: string,
  interval: UsageTrends["interval"],
): string {
  const day = interval === "month" ? `${today.slice(0, 7)}-01` : today;
  return startOf(day);
}

function monthsIn({ from, to }: { from: string; to: string }): number {
  return (Date.parse(to) - Date.parse(from)) / (30 * 86_400_000);
}
