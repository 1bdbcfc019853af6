"use client";

import { Banknote, Eye, Plus, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { statusWord } from "@/ui/display/statuses";
import type { MenuEntry } from "@/ui/overlays/menu";
import { ListTable } from "@/ui/table/list-table";
import {
  manualMethods,
  paymentStates,
  providerNames,
  type Payment,
} from "../contract/parts";
import { ownColumns, paymentColumns } from "./payment-columns";
import {
  methodText,
  paymentName,
  providerText,
  refundable,
} from "./payment-words";
import type { Payer } from "./record-payment-dialog";

const PaymentDialogs = dynamic(() => import("./payment-dialogs"), {
  ssr: false,
});

const optionsOf = <Id extends string>(
  ids: readonly Id[],
  labelOf: (id: Id) => string,
) => ids.map((id) => ({ id, label: labelOf(id) }));

const filters = [
  {
    id: "status",
    label: "Status",
    options: optionsOf(paymentStates, statusWord),
  },
  {
    id: "provider",
    label: "Provider",
    options: optionsOf(providerNames, (id) => providerText[id]),
  },
  {
    id: "method",
    label: "Method",
    options: optionsOf(["card", ...manualMethods], methodText),
  },
];

export type PaymentsListProps = {
  page: Page<Payment>;
  mayWrite: boolean;
  /** Whose they are, where they are one customer's. */
  customer?: Payer;
};

/** Payments, newest first: filters and dialogs live in the URL. */
export function PaymentsList({ page, mayWrite, customer }: PaymentsListProps) {
  const { show, open } = useDialogUrl();
  return (
    <>
      <ListTable
        things="payments"
        page={page}
        columns={customer ? ownColumns : paymentColumns}
        rowLabel={paymentName}
        rowActions={(payment) =>
          actionsOf(
            payment,
            mayWrite,
            (dialog) => void open(dialog, { id: payment.id }),
          )
        }
        filters={filters}
        hint="Other filters may find some."
        empty={{
          icon: <Banknote />,
          title: "No payments yet",
          description:
            "Money that a provider collects, and money that you record by hand, is listed here with the invoices it paid.",
        }}
        action={mayWrite ? <RecordPayment /> : null}
        hasActionInToolbar={customer !== undefined}
        storageKey={customer ? "Payments of a customer" : "Payments"}
      />
      {show ? <PaymentDialogs mayWrite={mayWrite} customer={customer} /> : null}
    </>
  );
}

/** Opens the dialog in which money that was received is recorded. */
export function RecordPayment({ isPrimary }: { isPrimary?: boolean }) {
  const { open } = useDialogUrl();
  return (
    <Button
      variant={isPrimary ? "primary" : "secondary"}
      icon={<Plus />}
      onPress={() => void open("record-payment")}
    >
      Record payment
    </Button>
  );
}

function actionsOf(
  payment: Payment,
  mayWrite: boolean,
  open: (dialog: string) => void,
): MenuEntry[] {
  const details: MenuEntry = {
    id: "details",
    label: "Details…",
    icon: <Eye />,
    onAction: () => open("payment"),
  };
  if (!mayWrite || refundable(payment) === 0) return [details];
  return [
    details,
    {
      id: "refund",
      label: "Refund…",
      icon: <Undo2 />,
      tone: "danger",
      onAction: () => open("refund-payment"),
    },
  ];
}
