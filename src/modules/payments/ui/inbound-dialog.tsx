"use client";

import { QueryProvider } from "@/client/query";
import { JsonDialog } from "@/ui/overlays/json-dialog";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { inboundApi } from "../contract/webhooks";

export type InboundDialogProps = { id: string; onClose: () => void };

/** An event with the payload that the provider sent. */
export default function InboundDialog({ id, onClose }: InboundDialogProps) {
  return (
    <QueryProvider>
      <ReadDialog
        endpoint={inboundApi.get}
        input={{ params: { inbound_webhook_id: id } }}
        title="Event"
        size="lg"
        failure="This event could not be loaded"
        rows={6}
        onClose={onClose}
      >
        {(event) => (
          <JsonDialog
            isOpen
            onOpenChange={onClose}
            title={event.type}
            value={event}
          />
        )}
      </ReadDialog>
    </QueryProvider>
  );
}
