import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { QueryProvider } from "@/client/query";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import {
  getSubscription,
  listSubscriptionChanges,
} from "@/modules/subscriptions";
import { CallOffChange } from "@/modules/subscriptions/ui/call-off-change";
import { SubscriptionActions } from "@/modules/subscriptions/ui/subscription-actions";
import {
  SubscriptionNotices,
  SubscriptionSheet,
  SubscriptionTimeline,
} from "@/modules/subscriptions/ui/subscription-sheet";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";

export const metadata: Metadata = { title: "Subscription" };

type Given = { params: Promise<{ subscription_id: string }> };

/** One subscription: how it stands, what is scheduled, and what was. */
export default async function SubscriptionPage({ params }: Given) {
  const { subscription_id: id } = await params;
  const ctx = await staffCtx();
  if (!idOf("sub").safeParse(id).success) notFound();
  const [subscription, changes] = await shown(
    ctx,
    Promise.all([
      getSubscription(ctx, id),
      listSubscriptionChanges(ctx, id, { limit: 100 }),
    ]),
  );
  const mayWrite = may(ctx.actor, "billing:write");
  return (
    <QueryProvider>
      <PageHeader
        breadcrumbs={[
          { label: "Subscriptions", href: "/subscriptions" },
          {
            label: subscription.customer_name,
            href: `/customers/${subscription.customer_id}/subscriptions`,
          },
        ]}
        title={subscription.plan.name}
        id={<CopyableId id={id} label="subscription id" />}
        badges={<StatusBadge status={subscription.status} />}
        actions={
          mayWrite ? <SubscriptionActions subscription={subscription} /> : null
        }
      />
      <SubscriptionNotices
        subscription={subscription}
        action={mayWrite ? <CallOffChange subscription={subscription} /> : null}
      />
      <SubscriptionSheet subscription={subscription} />
      <SubscriptionTimeline changes={changes.items} invoicesAt="/invoices/" />
    </QueryProvider>
  );
}
