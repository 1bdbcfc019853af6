import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listAgents, listTickets } from "@/modules/support";
import { TicketList } from "@/modules/support/ui/ticket-list";
import { toTicketQuery } from "@/modules/support/ui/ticket-query";
import { may } from "@/platform/context";
import { loadCustomer, titled, type CustomerParams } from "../load";
import { OpenDialog } from "../open-dialog";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Tickets of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** The customer's tickets. */
export default async function CustomerTicketsPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const query = toTicketQuery(await searchParams);
  const mine = { ...query, customer_id: customer.id };
  const [page, agents] = await shown(
    ctx,
    Promise.all([listTickets(ctx, mine), listAgents(ctx)]),
  );
  const add = may(ctx.actor, "support:write") ? (
    <OpenDialog name="new-ticket" isPrimary>
      New ticket
    </OpenDialog>
  ) : null;
  return (
    <TicketList
      page={page}
      agents={agents.map(({ id, name }) => ({ id, label: name }))}
      isOfCustomer
      action={add}
    />
  );
}
