"use client";

import { Braces, CircleCheck, Ellipsis, Merge, RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Menu } from "@/ui/overlays/menu";
import type { Ticket } from "../contract";

const TicketDialogs = dynamic(() => import("./ticket-dialogs"), { ssr: false });

export type TicketActionsProps = {
  ticket: Ticket;
  mayWrite: boolean;
  /** In the portal: closing and opening again is all there is. */
  isOwn?: boolean;
};

/** Closes a ticket or opens it again; the rest is in a menu. */
export function TicketActions({ ticket, mayWrite, isOwn }: TicketActionsProps) {
  const { show, open } = useDialogUrl();
  const isWritable = mayWrite && !ticket.merged_into_id;
  return (
    <>
      {isWritable ? <CloseOrReopen ticket={ticket} /> : null}
      {isOwn ? null : (
        <Menu
          label={`Actions for ticket #${ticket.number}`}
          trigger={
            <IconButton
              label="More actions"
              icon={<Ellipsis />}
              variant="secondary"
              placement="bottom"
            />
          }
          items={[
            ...(isWritable && ticket.status !== "closed"
              ? [
                  {
                    id: "merge",
                    label: "Merge into another…",
                    icon: <Merge />,
                    onAction: () => void open("merge"),
                  },
                ]
              : []),
            {
              id: "json",
              label: "View as JSON",
              icon: <Braces />,
              onAction: () => void open("json"),
            },
          ]}
        />
      )}
      {show && !isOwn ? (
        <TicketDialogs ticket={ticket} mayWrite={isWritable} />
      ) : null}
    </>
  );
}

function CloseOrReopen({ ticket }: { ticket: Ticket }) {
  const { act, isPending } = useAct();
  const isOver = ticket.status === "closed" || ticket.status === "resolved";
  const to = (verb: "close" | "reopen") =>
    void act(
      async () => (await import("./ticket-acts")).turn(ticket.id, verb),
      {
        done:
          verb === "close"
            ? `Ticket #${ticket.number} is closed`
            : `Ticket #${ticket.number} is open again`,
        failed: "The ticket was not changed",
      },
    );
  return (
    <>
      {isOver ? (
        <Button
          icon={<RotateCcw />}
          isPending={isPending}
          onPress={() => to("reopen")}
        >
          Reopen
        </Button>
      ) : null}
      {ticket.status === "closed" ? null : (
        <Button
          icon={<CircleCheck />}
          isPending={isPending}
          onPress={() => to("close")}
        >
          Close ticket
        </Button>
      )}
    </>
  );
}
