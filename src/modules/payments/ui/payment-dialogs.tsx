"use client";

import { QueryProvider, useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { paymentsApi } from "../contract";
import { PaymentDialog } from "./payment-dialog";
import { RecordPaymentDialog, type Payer } from "./record-payment-dialog";
import { RefundDialog } from "./refund-dialog";

export type PaymentDialogsProps = {
  mayWrite: boolean;
  customer: Payer | undefined;
};

/** `?show=record-payment`, and `?show=payment|refund-payment&id=pay_…`. */
export default function PaymentDialogs(props: PaymentDialogsProps) {
  return (
    <QueryProvider>
      <OpenDialog {...props} />
    </QueryProvider>
  );
}

function OpenDialog({ mayWrite, customer }: PaymentDialogsProps) {
  const { show, id, open, close } = useDialogUrl();
  const onClose = () => void close();
  const done = useDone(useRefresh());
  if (show === "record-payment")
    return mayWrite ? (
      <RecordPaymentDialog
        customer={customer}
        onClose={onClose}
        onSaved={done}
      />
    ) : null;
  if (!id || (show !== "payment" && show !== "refund-payment")) return null;
  return (
    <ReadDialog
      key={id}
      endpoint={paymentsApi.get}
      input={{ params: { payment_id: id } }}
      title="Payment"
      failure="This payment could not be loaded"
      rows={8}
      onClose={onClose}
    >
      {(payment) =>
        show === "refund-payment" && mayWrite ? (
          <RefundDialog payment={payment} onClose={onClose} onSaved={done} />
        ) : (
          <PaymentDialog
            payment={payment}
            mayWrite={mayWrite}
            onRefund={() => void open("refund-payment", { id })}
            onClose={onClose}
          />
        )
      }
    </ReadDialog>
  );
}
