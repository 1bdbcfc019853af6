import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { listPeople } from "@/modules/customers";
import { PeoplePanel } from "@/modules/customers/ui/people-panel";
import { may } from "@/platform/context";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `People of ${name}`);
}

/** Who may sign in to the portal for the customer, and who is invited. */
export default async function CustomerPeoplePage({ params }: CustomerParams) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const people = await shown(ctx, listPeople(ctx, customer.id));
  return (
    <PeoplePanel
      customerId={customer.id}
      members={people.items}
      invitations={people.invitations}
      mayWrite={may(ctx.actor, "members:write")}
    />
  );
}
