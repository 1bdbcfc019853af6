import type { Metadata } from "next";
import { RefreshEvery } from "@/client/refresh-every";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listAlerts } from "@/modules/alerts";
import { AlertList } from "@/modules/alerts/ui/alert-list";
import { getVisibleCustomer } from "@/modules/customers";
import { listKeys } from "@/modules/keys";
import { listOwnPlans } from "@/modules/plans";
import { listSubscriptions } from "@/modules/subscriptions";
import { isOver } from "@/modules/subscriptions/ui/subscription-words";
import { listTickets } from "@/modules/support";
import { OpenTickets } from "@/modules/support/ui/open-tickets";
import { summarizeOwnUsage } from "@/modules/usage";
import { CallsChart } from "@/modules/usage/ui/usage-charts";
import { UsageFigures } from "@/modules/usage/ui/usage-figures";
import { QuotasCard } from "@/modules/usage/ui/quota-meters";
import { may, type Ctx } from "@/platform/context";
import { utcDay } from "@/shared/time";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { PageHeader } from "@/ui/display/page-header";
import { AskForMore } from "./ask-for-more";
import { dueInvoice } from "./due-invoice";
import { firstSteps } from "./first-steps";
import { GettingStarted } from "./getting-started";
import { KeysCard } from "./keys-card";
import { planAdvice } from "./plan-advice";
import { PlanInShort } from "./plan-card";
import { ToDoCard } from "./to-do-card";
import { WindowsCard } from "./windows-card";

export const metadata: Metadata = { title: "Home" };

const keysShown = 5;

const unreadAlerts = { state: "open", unread: true, limit: 3 } as const;

const liveTickets = { is_live: true, per_page: 3 } as const;

const noBills = { due: null, subscription: null, plans: [] };

async function loadBills(ctx: Ctx) {
  const [due, subscriptions, plans] = await Promise.all([
    dueInvoice(ctx),
    listSubscriptions(ctx, { per_page: 20 }),
    listOwnPlans(ctx),
  ]);
  return {
    due,
    subscription: subscriptions.items.find((one) => !isOver(one)) ?? null,
    plans: plans.items,
  };
}

/** How a customer stands: what is to be done, its plan and quotas, limits, calls, keys. */
export default async function PortalHome() {
  const ctx = await customerCtx();
  const { customerId } = ctx.actor;
  const [customer, usage, keys, alerts, tickets, bills] = await shown(
    ctx,
    Promise.all([
      getVisibleCustomer(ctx, customerId),
      summarizeOwnUsage(ctx, {}),
      listKeys(ctx, { per_page: keysShown }),
      listAlerts(ctx, unreadAlerts),
      listTickets(ctx, liveTickets),
      may(ctx.actor, "billing:read") ? loadBills(ctx) : noBills,
    ]),
  );
  const { due, subscription, plans } = bills;
  const mayIssue = may(ctx.actor, "keys:write", "keys");
  const steps = await shown(
    ctx,
    firstSteps(ctx, {
      ...{ joinedAt: customer.joined_at, subscription },
      ...{ hasOffers: plans.length > 0, keys: keys.items },
      hasCalled: usage.total_calls > 0,
    }),
  );
  const advice = planAdvice(alerts.items, plans, customer.currency);
  return (
    <>
      <PageHeader title={customer.name} />
      <ToDoCard
        {...{ due, subscription }}
        // The first steps say so to those who are new.
        hasOffers={plans.length > 0 && !steps}
        keys={keys.items}
        mayPay={may(ctx.actor, "billing:write")}
        mayChoose={may(ctx.actor, "billing:write", "plan")}
        mayResume={may(ctx.actor, "billing:write", "cancel")}
        mayIssue={mayIssue && !steps}
      />
      {steps ? <GettingStarted steps={steps} /> : null}
      {alerts.items.length > 0 ? (
        <Card
          title="Alerts"
          flush
          actions={
            <LinkButton href="/portal/usage" size="sm">
              See usage
            </LinkButton>
          }
        >
          <AlertList label="Alerts" alerts={alerts.items} more={advice} />
        </Card>
      ) : null}
      <OpenTickets tickets={tickets.items} />
      {subscription ? <PlanInShort subscription={subscription} /> : null}
      {usage.quotas.length > 0 || usage.spend_cap ? (
        <QuotasCard
          quotas={usage.quotas}
          spendCap={usage.spend_cap}
          timeZone={customer.time_zone}
        />
      ) : null}
      <WindowsCard usage={usage} action={<AskForMore actor={ctx.actor} />} />
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
      {keys.total > 0 || mayIssue ? (
        <KeysCard keys={keys.items} total={keys.total} mayWrite={mayIssue} />
      ) : null}
    </>
  );
}
