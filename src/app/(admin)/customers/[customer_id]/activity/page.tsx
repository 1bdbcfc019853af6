import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { listCustomerEntries } from "@/modules/audit";
import { ActivityList } from "@/modules/audit/ui/activity-list";
import { Card } from "@/ui/display/card";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Activity of ${name}`);
}

/** What was done to the customer, by whom and when. */
export default async function CustomerActivityPage({ params }: CustomerParams) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const first = await shown(
    ctx,
    listCustomerEntries(ctx, customer.id, { limit: 50 }),
  );
  return (
    <Card title="Activity" flush>
      <ActivityList customerId={customer.id} first={first} />
    </Card>
  );
}
