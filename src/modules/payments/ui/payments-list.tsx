"use client";

import { Banknote, Eye, Plus, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import { statusWord } from "@/ui/display/statuses";
import type { MenuEntry } from "@/ui/overlays/menu";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
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

const filters = ["status", "provider", "method"] as const;

export type PaymentsListProps = {
  page: Page<Payment>;
  mayWrite: boolean;
  /** Whose they are, where they are one customer's. */
  customer?: Payer;
};

/** Payments, newest first: filters and dialogs live in the URL. */
export function PaymentsList({ page, mayWrite, customer }: PaymentsListProps) {
  const list = useListUrl({ filters, perPage: 25 });
  const { show, open } = useDialogUrl();
  return (
    <>
      <DataTable
        label="Payments"
        columns={customer ? ownColumns : paymentColumns}
        rows={page.items}
        rowId={({ id }) => id}
        rowLabel={paymentName}
        rowActions={(payment) =>
          actionsOf(
            payment,
            mayWrite,
            (dialog) => void open(dialog, { id: payment.id }),
          )
        }
        isLoading={list.isPending}
        toolbar={
          <>
            <Filters list={list} />
            {customer && mayWrite ? <RecordPayment /> : null}
          </>
        }
        empty={<Empty list={list} page={page} mayWrite={mayWrite} />}
        footer={<ListPages list={list} page={page} />}
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

type List = { list: ListUrl };

function Filters({ list }: List) {
  const chip = (
    id: (typeof filters)[number],
    label: string,
    options: { id: string; label: string }[],
  ) => ({ id, label, options });
  return (
    <ListFilters
      list={list}
      filters={[
        chip(
          "status",
          "Status",
          paymentStates.map((id) => ({ id, label: statusWord(id) })),
        ),
        chip(
          "provider",
          "Provider",
          providerNames.map((id) => ({ id, label: providerText[id] })),
        ),
        chip(
          "method",
          "Method",
          ["card", ...manualMethods].map((id) => ({
            id,
            label: methodText(id),
          })),
        ),
      ]}
    />
  );
}

function Empty({
  list,
  page,
  mayWrite,
}: List & { page: Page<unknown>; mayWrite: boolean }) {
  return (
    <ListEmpty
      list={list}
      page={page}
      things="payments"
      hint="Other filters may find some."
    >
      <EmptyState
        icon={<Banknote />}
        title="No payments yet"
        description="Money that a provider collects, and money that you record by hand, is listed here with the invoices it paid."
        action={mayWrite ? <RecordPayment /> : null}
      />
    </ListEmpty>
  );
}
