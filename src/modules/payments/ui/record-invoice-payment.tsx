"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import type { Invoice } from "@/modules/invoices/contract";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";

const InvoicePaymentDialog = dynamic(() => import("./invoice-payment-dialog"), {
  ssr: false,
});

/** Records money that was received for an invoice: `?show=record-payment` on its page. */
export function RecordInvoicePayment({ invoice }: { invoice: Invoice }) {
  const { show, open } = useDialogUrl();
  return (
    <>
      <Button icon={<Plus />} onPress={() => void open("record-payment")}>
        Record payment
      </Button>
      {show === "record-payment" ? (
        <InvoicePaymentDialog invoice={invoice} />
      ) : null}
    </>
  );
}
