import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listSubscriptions } from "@/modules/subscriptions";
import { SubscriptionList } from "@/modules/subscriptions/ui/subscription-list";
import { toSubscriptionQuery } from "@/modules/subscriptions/ui/subscription-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { loadPlanOptions } from "../../licenses/plan-options";

export const metadata: Metadata = { title: "Subscriptions" };

type Given = { searchParams: Promise<SearchParams> };

/** Every subscription. */
export default async function SubscriptionsPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  const header = <PageHeader title="Subscriptions" />;
  if (!may(ctx.actor, "billing:read"))
    return (
      <>
        {header}
        <NotAllowed
          act="see subscriptions"
          roles={rolesThatMay("billing:read")}
          permission="billing:read"
        />
      </>
    );
  const query = toSubscriptionQuery(await searchParams);
  const [page, plans] = await shown(
    ctx,
    Promise.all([listSubscriptions(ctx, query), loadPlanOptions(ctx)]),
  );
  return (
    <>
      {header}
      <SubscriptionList page={page} plans={plans} />
    </>
  );
}
