import type { Metadata } from "next";
import { QueryProvider } from "@/client/query";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listAlerts } from "@/modules/alerts";
import { toAlertQuery } from "@/modules/alerts/ui/alert-query";
import { AlertList } from "@/modules/alerts/ui/alert-list";
import { getVisibleCustomer } from "@/modules/customers";
import { listOwnPlans } from "@/modules/plans";
import { AskAbout } from "@/modules/support/ui/ask-about";
import { UsagePanel } from "@/modules/usage/ui/usage-panel";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { PageHeader } from "@/ui/display/page-header";
import { AskForMore } from "../ask-for-more";
import { planAdvice } from "../plan-advice";

export const metadata: Metadata = { title: "Usage" };

/** What the viewer's customer used, against its quotas, and where that is heading. */
export default async function PortalUsagePage() {
  const ctx = await customerCtx();
  const [customer, { items: alerts }] = await shown(
    ctx,
    Promise.all([
      getVisibleCustomer(ctx, ctx.actor.customerId),
      listAlerts(ctx, toAlertQuery({ state: "open" })),
    ]),
  );
  const mayChoose = alerts.length > 0 && may(ctx.actor, "billing:read");
  const plans = mayChoose ? (await shown(ctx, listOwnPlans(ctx))).items : [];
  const advice = planAdvice(alerts, plans, customer.currency);
  return (
    <>
      <PageHeader
        title="Usage"
        description="What you have used, and how much of it you may"
        actions={
          <>
            <AskForMore actor={ctx.actor} />
            <LinkButton
              href="/api/v1/usage/export"
              size="sm"
              prefetch={false}
              download
            >
              Export events
            </LinkButton>
          </>
        }
      />
      {alerts.length > 0 ? (
        <Card
          title="Alerts"
          flush
          actions={
            may(ctx.actor, "support:write") ? (
              <AskAbout subject="We are reaching a limit" size="sm" />
            ) : null
          }
        >
          <AlertList label="Alerts" alerts={alerts} more={advice} />
        </Card>
      ) : null}
      <QueryProvider>
        <UsagePanel customerId={null} timeZone={customer.time_zone} />
      </QueryProvider>
    </>
  );
}
