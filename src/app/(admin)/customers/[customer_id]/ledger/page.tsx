import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { statement } from "@/modules/ledger";
import { LedgerList } from "@/modules/ledger/ui/ledger-list";
import { Card } from "@/ui/display/card";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Ledger of ${name}`);
}

/** What was booked for the customer. */
export default async function CustomerLedgerPage({ params }: CustomerParams) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const page = await shown(ctx, statement(ctx, customer.id, { limit: 100 }));
  return (
    <Card
      title="Ledger"
      description="What was booked, newest first. The balance is the sum of the changes."
      flush
    >
      <LedgerList items={page.items} hasMore={page.next_cursor !== null} />
    </Card>
  );
}
