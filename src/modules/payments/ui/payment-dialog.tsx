"use client";

import { Undo2 } from "lucide-react";
import { Button } from "@/ui/controls/button";
import { Link } from "@/ui/controls/link";
import { Callout } from "@/ui/display/callout";
import { CopyableId } from "@/ui/display/copyable-id";
import { DescriptionList } from "@/ui/display/description-list";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { Dialog } from "@/ui/overlays/dialog";
import type { Payment } from "../contract/parts";
import { PaymentHistory } from "./payment-history";
import {
  methodText,
  paymentName,
  providerText,
  refundable,
  shownStatus,
} from "./payment-words";

export type PaymentDialogProps = {
  payment: Payment;
  mayWrite: boolean;
  onRefund: () => void;
  onClose: () => void;
};

/** A payment in full: what it paid, what went back, and why it failed. */
export function PaymentDialog({
  payment,
  mayWrite,
  onRefund,
  onClose,
}: PaymentDialogProps) {
  const isRefundable = mayWrite && refundable(payment) > 0;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={paymentName(payment)}
      footer={
        <>
          {isRefundable ? (
            <Button icon={<Undo2 />} onPress={onRefund}>
              Refund…
            </Button>
          ) : null}
          <Button onPress={onClose}>Close</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {payment.failure_message ? (
          <Callout tone="danger" title="This payment failed">
            {payment.failure_message}
          </Callout>
        ) : null}
        <DescriptionList items={fieldsOf(payment)} />
        <PaymentHistory payment={payment} />
      </div>
    </Dialog>
  );
}

function fieldsOf(payment: Payment) {
  return [
    { label: "Amount", value: <Money value={payment.amount} /> },
    { label: "Status", value: <StatusBadge status={shownStatus(payment)} /> },
    {
      label: "Customer",
      value: (
        <Link href={`/customers/${payment.customer_id}`}>
          {payment.customer_name}
        </Link>
      ),
    },
    {
      label: "Method",
      value: `${methodText(payment.method)} · ${providerText[payment.provider]}`,
    },
    { label: "Reference", value: payment.reference },
    { label: "Note", value: payment.note },
    { label: "Paid", value: <Time value={payment.paid_at} empty="Not paid" /> },
    {
      label: "Kept as credit",
      value:
        payment.credited.amount > 0 ? <Money value={payment.credited} /> : null,
    },
    {
      label: "Taken back",
      value:
        payment.disputed.amount > 0 ? <Money value={payment.disputed} /> : null,
    },
    {
      label: "At the provider",
      value: payment.provider_payment_id ? (
        <CopyableId id={payment.provider_payment_id} label="provider’s id" />
      ) : null,
    },
    { label: "Id", value: <CopyableId id={payment.id} label="payment id" /> },
  ];
}
