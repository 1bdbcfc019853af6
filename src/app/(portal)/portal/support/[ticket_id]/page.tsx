import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { findThing, getTicket } from "@/modules/support";
import { MessageList } from "@/modules/support/ui/message-list";
import { OwnTicketFacts } from "@/modules/support/ui/own-ticket-facts";
import { RatingCard } from "@/modules/support/ui/rating-card";
import { ReplyBox } from "@/modules/support/ui/reply-box";
import { TicketActions } from "@/modules/support/ui/ticket-actions";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";

export const metadata: Metadata = { title: "Ticket" };

type Given = { params: Promise<{ ticket_id: string }> };

/** One of the customer's own tickets. */
export default async function PortalTicketPage({ params }: Given) {
  const { ticket_id } = await params;
  const ctx = await customerCtx();
  if (!idOf("tkt").safeParse(ticket_id).success) notFound();
  const ticket = await shown(ctx, getTicket(ctx, ticket_id));
  const { status, merged_into_id, messages, about_id } = ticket;
  const about = about_id
    ? await shown(ctx, findThing(ctx, ticket.customer_id, about_id))
    : null;
  const mayWrite = may(ctx.actor, "support:write") && !merged_into_id;
  const isOver = status === "resolved" || status === "closed";
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Support", href: "/portal/support" }]}
        title={`#${ticket.number} ${ticket.subject}`}
        badges={<StatusBadge status={status} />}
        actions={<TicketActions ticket={ticket} mayWrite={mayWrite} isOwn />}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <MessageList
            ticketId={ticket.id}
            messages={messages}
            hasEarlier={ticket.has_earlier}
            isOwn
          />
          {mayWrite ? <ReplyBox ticket={ticket} /> : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <OwnTicketFacts ticket={ticket} about={about} />
          {mayWrite && isOver ? <RatingCard ticket={ticket} /> : null}
        </div>
      </div>
    </>
  );
}
