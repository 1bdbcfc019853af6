import type { CustomerStats } from "@/modules/customers/contract";
import { Callout } from "@/ui/display/callout";
import { PageHeader } from "@/ui/display/page-header";
import { OverviewCards } from "./overview-cards";
import { NewCustomersChart } from "./overview-charts";

export type LimitedOverviewProps = {
  stats: CustomerStats;
  withMoney: boolean;
  /** Who sees all of it: "Owner, Admin or Billing". */
  roles: string;
};

/** The overview for roles that may see customers and no reports. */
export function LimitedOverview({
  stats,
  withMoney,
  roles,
}: LimitedOverviewProps) {
  return (
    <>
      <PageHeader title="Overview" />
      <OverviewCards stats={stats} withMoney={withMoney} />
      <NewCustomersChart stats={stats} />
      <Callout tone="neutral" title="Usage and reports are for other roles">
        {`They need the role ${roles}. Ask an owner of your team to change yours.`}
      </Callout>
    </>
  );
}
