import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listAgents, listTickets, ticketStats } from "@/modules/support";
import { StatsCards } from "@/modules/support/ui/stats-cards";
import { TicketList } from "@/modules/support/ui/ticket-list";
import { toTicketQuery } from "@/modules/support/ui/ticket-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Tickets" };

type Given = { searchParams: Promise<SearchParams> };

const days = 30;

/** Every ticket, and how support stands. */
export default async function TicketsPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "support:read"))
    return (
      <>
        <PageHeader title="Tickets" />
        <NotAllowed
          act="see tickets"
          roles={rolesThatMay("support:read")}
          permission="support:read"
        />
      </>
    );
  const query = toTicketQuery(await searchParams);
  const [page, stats, agents] = await shown(
    ctx,
    Promise.all([
      listTickets(ctx, query),
      ticketStats(ctx, { days }),
      listAgents(ctx),
    ]),
  );
  return (
    <>
      <PageHeader title="Tickets" />
      <StatsCards stats={stats} />
      <TicketList
        page={page}
        agents={agents.map(({ id, name }) => ({ id, label: name }))}
      />
    </>
  );
}
