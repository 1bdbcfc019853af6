"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { toast } from "@/ui/display/toaster";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import type { TicketInput } from "../contract";
import { FileChooser } from "./file-chooser";
import { TicketFields } from "./ticket-fields";
import {
  emptyTicket,
  ticketLabels,
  toTicketBody,
  type TicketValues,
} from "./ticket-values";

const acts = () => import("./ticket-acts");

export type NewTicketFormProps = {
  /** What is in the fields as it opens. */
  initial: Partial<TicketValues>;
};

/** Where a customer's people ask for help. */
export function NewTicketForm({ initial }: NewTicketFormProps) {
  const router = useRouter();
  const [files, setFiles] = useState<File[]>([]);
  const form = useContractForm<TicketValues, TicketInput>({
    schema: async () => (await acts()).ticketSchema,
    defaultValues: { ...emptyTicket, ...initial },
    labels: ticketLabels,
    toBody: toTicketBody,
    send: async (body) => {
      const { openTicket } = await acts();
      const { id, number } = await openTicket(body, files);
      router.push(`/portal/support/${id}`);
      toast.success(`Ticket #${number} is open: we answer as soon as we can`);
    },
  });
  return (
    <Card className="max-w-3xl">
      <Form onSubmit={form.submit} aria-label="New ticket">
        <ErrorSummary {...form.summary} title="The ticket was not opened" />
        <TicketFields
          control={form.control}
          customerId={null}
          initial={initial.about_id ?? null}
        />
        <FileChooser files={files} onChange={setFiles} />
        <div className="flex flex-wrap justify-end gap-2">
          <LinkButton href="/portal/support">Cancel</LinkButton>
          <Button type="submit" variant="primary" isPending={form.isPending}>
            Open ticket
          </Button>
        </div>
      </Form>
    </Card>
  );
}
