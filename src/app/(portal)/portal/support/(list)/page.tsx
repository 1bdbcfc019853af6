import { Plus } from "lucide-react";
import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listTickets } from "@/modules/support";
import { OwnTickets } from "@/modules/support/ui/own-tickets";
import { toTicketQuery } from "@/modules/support/ui/ticket-query";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { PageHeader } from "@/ui/display/page-header";
import { AskSeller } from "../../ask-seller";

export const metadata: Metadata = { title: "Support" };

type Given = { searchParams: Promise<SearchParams> };

/** The tickets of the viewer's customer. */
export default async function PortalSupportPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const query = toTicketQuery(await searchParams);
  const mine = { ...query, customer_id: ctx.actor.customerId };
  const page = await shown(ctx, listTickets(ctx, mine));
  const add = may(ctx.actor, "support:write", "tickets") ? (
    <LinkButton href="/portal/support/new" variant="primary" icon={<Plus />}>
      New ticket
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title="Support" actions={page.total > 0 ? add : null} />
      <AskSeller
        actor={ctx.actor}
        permission="support:write"
        of={["tickets"]}
      />
      <OwnTickets page={page} action={add} />
    </>
  );
}
