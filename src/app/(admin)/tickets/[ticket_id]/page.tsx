import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { QueryProvider } from "@/client/query";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import {
  findThing,
  getTicket,
  listAgents,
  listCannedReplies,
} from "@/modules/support";
import { MessageList } from "@/modules/support/ui/message-list";
import { ReplyBox } from "@/modules/support/ui/reply-box";
import { TicketActions } from "@/modules/support/ui/ticket-actions";
import { TicketProperties } from "@/modules/support/ui/ticket-properties";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { ContextCard } from "./context-card";
import { loadContext } from "./load-context";

type Given = { params: Promise<{ ticket_id: string }> };

export const metadata: Metadata = { title: "Ticket" };

/** One ticket: what was said, and beside it what one must know to help. */
export default async function TicketPage({ params }: Given) {
  const { ticket_id } = await params;
  const ctx = await staffCtx();
  if (!idOf("tkt").safeParse(ticket_id).success) notFound();
  const ticket = await shown(ctx, getTicket(ctx, ticket_id));
  const { about_id } = ticket;
  const [agents, replies, context, about] = await shown(
    ctx,
    Promise.all([
      listAgents(ctx),
      listCannedReplies(ctx, { ticket_id }),
      loadContext(ctx, ticket.customer_id),
      about_id ? findThing(ctx, ticket.customer_id, about_id) : null,
    ]),
  );
  const mayWrite = may(ctx.actor, "support:write");
  return (
    <QueryProvider>
      <PageHeader
        breadcrumbs={[
          { label: "Tickets", href: "/tickets" },
          {
            label: ticket.customer_name,
            href: `/customers/${ticket.customer_id}/tickets`,
          },
        ]}
        title={`#${ticket.number} ${ticket.subject}`}
        id={<CopyableId id={ticket.id} label="ticket id" />}
        badges={<StatusBadge status={ticket.status} />}
        actions={<TicketActions ticket={ticket} mayWrite={mayWrite} />}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <MessageList
            ticketId={ticket.id}
            messages={ticket.messages}
            hasEarlier={ticket.has_earlier}
          />
          {mayWrite && !ticket.merged_into_id ? (
            <ReplyBox ticket={ticket} staff={{ replies: replies.items }} />
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <TicketProperties
            ticket={ticket}
            about={about}
            agents={agents.map(({ id, name }) => ({ id, label: name }))}
            mayWrite={mayWrite}
          />
          <ContextCard
            context={context}
            allowed={{
              credit: may(ctx.actor, "billing:write"),
              boost: may(ctx.actor, "customers:write"),
            }}
          />
        </div>
      </div>
    </QueryProvider>
  );
}
