import type { Metadata } from "next";
import { RefreshEvery } from "@/client/refresh-every";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getVisibleCustomer } from "@/modules/customers";
import { listKeys } from "@/modules/keys";
import { summarizeOwnUsage } from "@/modules/usage";
import { CallsChart } from "@/modules/usage/ui/usage-charts";
import { UsageFigures } from "@/modules/usage/ui/usage-figures";
import { may } from "@/platform/context";
import { utcDay } from "@/shared/time";
import { PageHeader } from "@/ui/display/page-header";
import { KeysCard } from "./keys-card";
import { WindowsCard } from "./windows-card";

export const metadata: Metadata = { title: "Home" };

const keysShown = 5;

/** How a customer stands: limits, calls, keys. */
export default async function PortalHome() {
  const ctx = await customerCtx();
  const { customerId } = ctx.actor;
  const [customer, usage, keys] = await shown(
    ctx,
    Promise.all([
      getVisibleCustomer(ctx, customerId),
      summarizeOwnUsage(ctx, {}),
      listKeys(ctx, { per_page: keysShown }),
    ]),
  );
  return (
    <>
      <PageHeader title={customer.name} />
      <WindowsCard usage={usage} />
      <RefreshEvery seconds={15} />
      <section
        aria-label="Calls in the last 30 days"
        className="flex min-w-0 flex-col gap-4"
      >
        <UsageFigures usage={usage} />
        <CallsChart
          daily={usage.daily}
          before={undefined}
          today={utcDay(ctx.now())}
          isLoading={false}
        />
      </section>
      <KeysCard
        keys={keys.items}
        total={keys.total}
        mayWrite={may(ctx.actor, "keys:write")}
      />
    </>
  );
}
