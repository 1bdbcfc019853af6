import type { Metadata } from "next";
import { QueryProvider } from "@/client/query";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getVisibleCustomer } from "@/modules/customers";
import { listOwnPlans } from "@/modules/plans";
import {
  listSubscriptionChanges,
  listSubscriptions,
} from "@/modules/subscriptions";
import { isOver } from "@/modules/subscriptions/ui/subscription-words";
import {
  SubscriptionNotices,
  SubscriptionTimeline,
} from "@/modules/subscriptions/ui/subscription-sheet";
import { CallOffChange } from "@/modules/subscriptions/ui/call-off-change";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { Callout } from "@/ui/display/callout";
import { PageHeader } from "@/ui/display/page-header";
import type { Capability } from "@/shared/capabilities";
import { formatMoney } from "@/shared/money";
import { dueInvoice } from "../due-invoice";
import { NoBilling } from "../no-billing";
import { OwnPlan } from "./own-plan";
import { AskSeller } from "../ask-seller";

export const metadata: Metadata = { title: "Plan and billing" };

/** The plan of the viewer's customer, what is due of it, and what else there is. */
export default async function PortalPlanPage() {
  const ctx = await customerCtx();
  const header = (
    <PageHeader
      title="Plan and billing"
      description="What you have, what it costs, and what else there is"
    />
  );
  if (!may(ctx.actor, "billing:read")) return <NoBilling header={header} />;
  const [customer, plans, subscriptions, due] = await shown(
    ctx,
    Promise.all([
      getVisibleCustomer(ctx, ctx.actor.customerId),
      listOwnPlans(ctx),
      listSubscriptions(ctx, { per_page: 20 }),
      dueInvoice(ctx),
    ]),
  );
  const own = subscriptions.items.find((one) => !isOver(one)) ?? null;
  const changes = own
    ? await shown(ctx, listSubscriptionChanges(ctx, own.id, { limit: 20 }))
    : null;
  const isUnderWay = due?.payment_status === "pending";
  const lets = (capability: Capability) =>
    may(ctx.actor, "billing:write", capability);
  return (
    <QueryProvider>
      {header}
      {due ? (
        <Callout
          tone={isUnderWay ? "info" : "warning"}
          title={
            isUnderWay
              ? `Your payment of ${formatMoney(due.due)} is being confirmed`
              : `${formatMoney(due.due)} is due`
          }
          action={
            due.pay_url && !isUnderWay ? (
              <LinkButton href={due.pay_url} variant="primary">
                Pay
              </LinkButton>
            ) : null
          }
        >
          {`Invoice ${due.number ?? ""}`}
        </Callout>
      ) : null}
      {own ? (
        <SubscriptionNotices
          subscription={own}
          action={lets("plan") ? <CallOffChange subscription={own} /> : null}
        />
      ) : null}
      <AskSeller
        actor={ctx.actor}
        permission="billing:write"
        of={["plan", "pause", "cancel"]}
      />
      <OwnPlan
        subscription={own}
        plans={plans.items}
        currency={own?.unit_amount.currency ?? customer.currency}
        mayChoose={lets("plan")}
        mayPause={lets("pause")}
        mayCancel={lets("cancel")}
      />
      {changes ? <SubscriptionTimeline changes={changes.items} /> : null}
    </QueryProvider>
  );
}
