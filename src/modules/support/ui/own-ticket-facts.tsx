import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { statusWord } from "@/ui/display/statuses";
import { Time } from "@/ui/display/time";
import type { Ticket } from "../contract";
import type { TicketThing } from "../contract/things";
import { TicketThingLink } from "./ticket-thing";
import { categoryWord } from "./ticket-words";

/** What a ticket is, for the customer that asked. */
export function OwnTicketFacts({
  ticket,
  about,
}: {
  ticket: Ticket;
  about: TicketThing | null;
}) {
  const { merged_into_id, response_due_at } = ticket;
  return (
    <Card title="Ticket">
      <DescriptionList
        items={[
          { label: "Priority", value: statusWord(ticket.priority) },
          { label: "Category", value: categoryWord(ticket.category) },
          { label: "Opened by", value: ticket.opened_by.name },
          {
            label: "Opened",
            value: <Time value={ticket.created_at} format="relative" />,
          },
          ...(about
            ? [
                {
                  label: "About",
                  value: (
                    <TicketThingLink
                      thing={about}
                      customerId={ticket.customer_id}
                      isOwn
                    />
                  ),
                },
              ]
            : []),
          ...(response_due_at
            ? [
                {
                  label: ticket.is_overdue ? "Answer was due" : "We answer by",
                  value: <Time value={response_due_at} format="relative" />,
                },
              ]
            : []),
          ...(merged_into_id
            ? [
                {
                  label: "Goes on in",
                  value: (
                    <Link href={`/portal/support/${merged_into_id}`}>
                      Another ticket
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
