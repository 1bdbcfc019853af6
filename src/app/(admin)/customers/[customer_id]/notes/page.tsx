import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { listNotes } from "@/modules/notes";
import { NotesPanel } from "@/modules/notes/ui/notes-panel";
import { may } from "@/platform/context";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Notes on ${name}`);
}

/** What the team wrote down about the customer. */
export default async function CustomerNotesPage({ params }: CustomerParams) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const first = await shown(ctx, listNotes(ctx, customer.id, { limit: 50 }));
  return (
    <NotesPanel
      customerId={customer.id}
      first={first}
      mayWrite={may(ctx.actor, "customers:write")}
    />
  );
}
