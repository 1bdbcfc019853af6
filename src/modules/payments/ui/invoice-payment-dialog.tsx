"use client";

import { QueryProvider } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import type { Invoice } from "@/modules/invoices/contract";
import { RecordPaymentDialog } from "./record-payment-dialog";

/** Money that was received for one invoice; what is due of it stands there already. */
export default function InvoicePaymentDialog({
  invoice,
}: {
  invoice: Invoice;
}) {
  const { close } = useDialogUrl();
  const done = useDone();
  const { id, due, currency, customer_id, customer_name } = invoice;
  return (
    <QueryProvider>
      <RecordPaymentDialog
        customer={{ id: customer_id, name: customer_name, currency }}
        invoice={{ id, due }}
        onClose={() => void close()}
        onSaved={done}
      />
    </QueryProvider>
  );
}
