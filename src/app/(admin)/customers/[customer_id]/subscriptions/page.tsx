import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listCustomerSubscriptions } from "@/modules/subscriptions";
import { SubscriptionList } from "@/modules/subscriptions/ui/subscription-list";
import { toSubscriptionQuery } from "@/modules/subscriptions/ui/subscription-query";
import { TestClockCard } from "@/modules/subscriptions/ui/test-clock-card";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { loadCustomer, titled, type CustomerParams } from "../load";
import { OpenDialog } from "../open-dialog";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Subscriptions of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** The customer's subscriptions; of a test customer, its clock. */
export default async function CustomerSubscriptionsPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  if (!may(ctx.actor, "billing:read"))
    return (
      <NotAllowed
        act="see subscriptions"
        roles={rolesThatMay("billing:read")}
        permission="billing:read"
      />
    );
  const { page, per_page } = toSubscriptionQuery(await searchParams);
  const found = await shown(
    ctx,
    listCustomerSubscriptions(ctx, customer.id, { page, per_page }),
  );
  const mayWrite = may(ctx.actor, "billing:write");
  const action = mayWrite ? (
    <OpenDialog name="add-subscription">Add subscription</OpenDialog>
  ) : null;
  return (
    <>
      {customer.is_test && mayWrite ? (
        <TestClockCard customerId={customer.id} clockAt={customer.clock_at} />
      ) : null}
      {found.total > 0 && action ? (
        <div className="flex justify-end">{action}</div>
      ) : null}
      <SubscriptionList page={found} isOfCustomer action={action} />
    </>
  );
}
