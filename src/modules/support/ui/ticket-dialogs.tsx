"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { call } from "@/client/call";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useConfirm } from "@/client/use-confirm";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { JsonDialog } from "@/ui/overlays/json-dialog";
import { supportApi, type Ticket } from "../contract";
import { ticketOutcomeApi } from "../contract/outcome";

export type TicketDialogsProps = { ticket: Ticket; mayWrite: boolean };

/** `?show=merge|json`. */
export default function TicketDialogs({
  ticket,
  mayWrite,
}: TicketDialogsProps) {
  const { show, close } = useDialogUrl();
  const onClose = () => void close();
  if (show === "json")
    return (
      <JsonDialog
        isOpen
        onOpenChange={onClose}
        title={`Ticket #${ticket.number}`}
        value={ticket}
      />
    );
  if (show === "merge" && mayWrite)
    return <MergeDialog ticket={ticket} onClose={onClose} />;
  return null;
}

type MergeDialogProps = { ticket: Ticket; onClose: () => void };

function MergeDialog({ ticket, onClose }: MergeDialogProps) {
  const [number, setNumber] = useState("");
  const router = useRouter();
  const confirm = useConfirm(async () => {
    const into = await ticketNumbered(ticket.customer_id, number);
    const merged = await call(
      ticketOutcomeApi.merge,
      { params: { ticket_id: ticket.id }, body: { into_id: into.id } },
      { ifMatch: ticket },
    );
    router.replace(`/tickets/${merged.id}`);
    router.refresh();
    toast.success(`Merged into ticket #${merged.number}`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Merge ticket #${ticket.number}`}
      consequences={[
        "Its messages go over to the other ticket, in the order of their times.",
        "It is closed for good, and leads to the other one.",
      ]}
      tone="primary"
      confirmLabel="Merge"
      {...confirm}
    >
      <TextField
        label="Into ticket"
        prefix="#"
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        description={`The number of another ticket of ${ticket.customer_name}.`}
        value={number}
        onChange={setNumber}
      />
    </ConfirmDialog>
  );
}

async function ticketNumbered(
  customer_id: string,
  typed: string,
): Promise<Ticket> {
  const search = typed.trim().replace(/^#/, "");
  const query = { customer_id, search };
  const { items } = await call(supportApi.list, { query });
  const found = items.find(({ number }) => String(number) === search);
  if (found) return found;
  toast.error(`This customer has no ticket #${search}`);
  throw new Error("There is no such ticket");
}
