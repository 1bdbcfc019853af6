"use client";

import { useRouter } from "next/navigation";
import { useContractForm } from "@/client/use-contract-form";
import { toast } from "@/ui/display/toaster";
import { FormDialog } from "@/ui/overlays/form-dialog";
import type { TicketInput } from "../contract";
import { openTicket, ticketSchema } from "./ticket-acts";
import { TicketFields } from "./ticket-fields";
import {
  emptyTicket,
  ticketLabels,
  toTicketBody,
  type TicketValues,
} from "./ticket-values";

export type NewTicketDialogProps = {
  customer: { id: string; name: string };
  /** What is in the fields as it opens: what it is about, where one came from there. */
  initial?: Partial<TicketValues>;
  onClose: () => void;
};

/** Opens a ticket on behalf of the team, for a customer. */
export function NewTicketDialog({
  customer,
  initial = {},
  onClose,
}: NewTicketDialogProps) {
  const router = useRouter();
  const form = useContractForm<TicketValues, TicketInput>({
    schema: ticketSchema,
    defaultValues: { ...emptyTicket, ...initial },
    labels: ticketLabels,
    toBody: (values) => ({ ...toTicketBody(values), customer_id: customer.id }),
    send: async (body) => {
      const { id, number } = await openTicket(body);
      router.push(`/tickets/${id}`);
      toast.success(`Ticket #${number} is open`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`New ticket of ${customer.name}`}
      description="The customer sees it in the portal."
      submitLabel="Open ticket"
      failure="No ticket was opened"
      onClose={onClose}
    >
      <TicketFields
        control={form.control}
        customerId={customer.id}
        initial={initial.about_id ?? null}
      />
    </FormDialog>
  );
}
