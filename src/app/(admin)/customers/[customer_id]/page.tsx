import { shown } from "@/http/shown";
import { getLifetimeValue } from "@/modules/customers";
import {
  AccountDetails,
  ContactDetails,
  MetadataDetails,
} from "@/modules/customers/ui/customer-details";
import { WindowMeters } from "@/modules/limits/ui/window-meters";
import { may } from "@/platform/context";
import { Card } from "@/ui/display/card";
import { BalanceCard } from "./balance-card";
import { LifetimeCard } from "./lifetime-card";
import { loadCustomer, type CustomerParams } from "./load";
import { OpenDialog } from "./open-dialog";

/** Who the customer is, what it holds, and how much it may call. */
export default async function CustomerPage({ params }: CustomerParams) {
  const { customer_id } = await params;
  const { ctx, customer } = await loadCustomer(customer_id);
  const mayWrite = may(ctx.actor, "customers:write");
  const withMoney = may(ctx.actor, "billing:read");
  const lifetime = withMoney
    ? await shown(ctx, getLifetimeValue(ctx, customer.id))
    : null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <Card title="Contact">
          <ContactDetails customer={customer} />
        </Card>
        <Card title="Metadata">
          <MetadataDetails customer={customer} />
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {withMoney ? (
          <BalanceCard
            customer={customer}
            mayAdjust={may(ctx.actor, "billing:write")}
          />
        ) : null}
        {lifetime ? <LifetimeCard value={lifetime} /> : null}
        <Card title="Account">
          <AccountDetails customer={customer} />
        </Card>
      </div>
      <Card
        title="Limits now"
        className="lg:col-span-2"
        actions={
          mayWrite ? <OpenDialog name="limits">Set limits</OpenDialog> : null
        }
      >
        <WindowMeters customerId={customer.id} />
      </Card>
    </div>
  );
}
