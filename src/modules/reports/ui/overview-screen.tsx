import type { ReactNode } from "react";
import { PageHeader } from "@/ui/display/page-header";
import type { Overview } from "../contract";
import { AttentionList } from "./attention-list";
import { GettingStarted } from "./getting-started";
import { OverviewCards } from "./overview-cards";
import {
  NewCustomersChart,
  ResponseChart,
  UsageChart,
} from "./overview-charts";
import { RecentCustomers } from "./recent-customers";
import { TopBalances } from "./top-balances";

export type OverviewScreenProps = {
  figures: Overview;
  hasKeys: boolean;
  /** When the figures were read. */
  now: Date;
  /** Where programs reach this app. */
  appUrl: string;
  /** What gives out a service token, for those who may. */
  tokenAction?: ReactNode;
};

/** Figures, charts and what needs attention; for a new seller, the first steps. */
export function OverviewScreen({
  figures,
  hasKeys,
  now,
  appUrl,
  tokenAction,
}: OverviewScreenProps) {
  const { customers, usage, attention } = figures;
  const progress = {
    hasCustomers: customers.total_customers > 0,
    hasKeys,
    hasCalls: usage.calls + usage.calls_before + usage.refused > 0,
  };
  const isSetUp = Object.values(progress).every(Boolean);
  return (
    <>
      <PageHeader title="Overview" />
      {isSetUp ? null : (
        <GettingStarted {...{ progress, appUrl, tokenAction }} />
      )}
      {progress.hasCustomers ? (
        <>
          <OverviewCards stats={customers} />
          <div className="grid min-w-0 grid-cols-1 items-start gap-4 xl:grid-cols-3">
            <div className="flex min-w-0 flex-col gap-4 xl:col-span-2">
              <UsageChart usage={usage} />
              <ResponseChart usage={usage} />
              <NewCustomersChart stats={customers} />
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              <AttentionList items={attention} />
              <RecentCustomers customers={figures.recent_customers} now={now} />
              <TopBalances top={customers.top_customers_by_balance} />
            </div>
          </div>
        </>
      ) : null}
    </>
  );
}
