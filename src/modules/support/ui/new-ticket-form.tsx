"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { toast } from "@/ui/display/toaster";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { supportApi, type TicketInput } from "../contract";
import { FileChooser, uploadAll } from "./file-chooser";
import { TicketFields } from "./ticket-fields";
import { emptyTicket, ticketLabels, type TicketValues } from "./ticket-values";

/** Where a customer's people ask for help. */
export function NewTicketForm() {
  const router = useRouter();
  const [files, setFiles] = useState<File[]>([]);
  const form = useContractForm<TicketValues, TicketInput>({
    schema: supportApi.open.body,
    defaultValues: emptyTicket,
    labels: ticketLabels,
    toBody: (values) => values,
    send: async (body) => {
      const attachment_ids = await uploadAll(files);
      const sent = { ...body, attachment_ids };
      const { id, number } = await call(supportApi.open, { body: sent });
      router.push(`/portal/support/${id}`);
      toast.success(`Ticket #${number} is open: we answer as soon as we can`);
    },
  });
  return (
    <Card className="max-w-3xl">
      <Form onSubmit={form.submit} aria-label="New ticket">
        <ErrorSummary {...form.summary} title="The ticket was not opened" />
        <TicketFields control={form.control} />
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
