"use client";

import { useAct } from "@/client/use-act";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import type { FilterOption } from "@/ui/display/filter-chips";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { Select } from "@/ui/forms/select";
import type { Ticket, TicketPatch } from "../contract";
import type { TicketThing } from "../contract/things";
import { TicketThingLink } from "./ticket-thing";
import { Due } from "./ticket-columns";
import {
  categoryOptions,
  categoryWord,
  priorityOptions,
  statusOptions,
} from "./ticket-words";

export type TicketPropertiesProps = {
  ticket: Ticket;
  /** What it is about, where the viewer may know; else its id is shown. */
  about: TicketThing | null;
  agents: readonly FilterOption[];
  mayWrite: boolean;
};

const nobody = "nobody";

/** What a ticket is and who sees to it; each choice is saved as it is made. */
export function TicketProperties(props: TicketPropertiesProps) {
  const { ticket, mayWrite } = props;
  return (
    <Card title="Ticket">
      <div className="flex flex-col gap-4">
        {mayWrite && !ticket.merged_into_id ? (
          <Choices {...props} />
        ) : (
          <DescriptionList
            items={[
              {
                label: "Status",
                value: <StatusBadge status={ticket.status} />,
              },
              {
                label: "Priority",
                value: <StatusBadge status={ticket.priority} />,
              },
              { label: "Category", value: categoryWord(ticket.category) },
              { label: "Assignee", value: ticket.assignee?.name },
            ]}
          />
        )}
        <DescriptionList items={factsOf(ticket, props.about)} />
      </div>
    </Card>
  );
}

function Choices({ ticket, agents }: TicketPropertiesProps) {
  const { act, isPending } = useAct();
  const change = (body: TicketPatch) =>
    void act(async () => (await import("./ticket-acts")).update(ticket, body), {
      failed: "The ticket was not changed",
    });
  const { assignee } = ticket;
  const isListed = agents.some(({ id }) => id === assignee?.id);
  const people = [
    { id: nobody, label: "Nobody" },
    ...agents,
    ...(assignee && !isListed
      ? [{ id: assignee.id, label: assignee.name }]
      : []),
  ];
  return (
    <>
      <Select
        label="Status"
        value={ticket.status}
        options={statusOptions}
        isDisabled={isPending}
        onChange={(status) => change({ status: status as Ticket["status"] })} // Safe: one of the options.
      />
      <Select
        label="Assignee"
        value={assignee?.id ?? nobody}
        options={people}
        isDisabled={isPending}
        onChange={(id) => change({ assignee_id: id === nobody ? null : id })}
      />
      <Select
        label="Priority"
        value={ticket.priority}
        options={priorityOptions}
        isDisabled={isPending}
        onChange={(priority) =>
          change({ priority: priority as Ticket["priority"] })
        }
      />
      <Select
        label="Category"
        value={ticket.category}
        options={categoryOptions}
        isDisabled={isPending}
        onChange={(category) =>
          change({ category: category as Ticket["category"] })
        }
      />
    </>
  );
}

function factsOf(ticket: Ticket, about: TicketThing | null) {
  const { about_id, satisfaction, opened_by, customer_id } = ticket;
  return [
    { label: "Answer due", value: <Due ticket={ticket} /> },
    { label: "Opened by", value: opened_by.name },
    {
      label: "Opened",
      value: <Time value={ticket.created_at} format="relative" />,
    },
    ...(ticket.was_late ? [{ label: "Answered late", value: "Yes" }] : []),
    ...(about_id
      ? [
          {
            label: "About",
            value: about ? (
              <TicketThingLink thing={about} customerId={customer_id} />
            ) : (
              <span className="wrap-anywhere">{about_id}</span>
            ),
          },
        ]
      : []),
    ...(ticket.merged_into_id
      ? [
          {
            label: "Merged into",
            value: (
              <Link href={`/tickets/${ticket.merged_into_id}`}>
                The ticket that has its messages
              </Link>
            ),
          },
        ]
      : []),
    ...(satisfaction
      ? [
          {
            label: "Rated",
            value: `${satisfaction.score} of 5${satisfaction.comment ? `: “${satisfaction.comment}”` : ""}`,
          },
        ]
      : []),
  ];
}
