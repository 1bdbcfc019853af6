"use client";

import {
  Ban,
  CircleX,
  Download,
  Ellipsis,
  LifeBuoy,
  Mail,
  Pencil,
  ReceiptText,
  Trash2,
} from "lucide-react";
import dynamic from "next/dynamic";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { LinkButton } from "@/ui/controls/link-button";
import { Menu, type MenuEntry } from "@/ui/overlays/menu";
import { invoicesApi, type Invoice } from "../contract";
import { invoiceName } from "./invoice-columns";

const InvoiceDialogs = dynamic(() => import("./invoice-dialogs"), {
  ssr: false,
});

/** What can be done with an invoice: the next step as a button, the rest in a menu. */
export function InvoiceActions({
  invoice,
  mayWrite,
  mayAsk,
}: {
  invoice: Invoice;
  mayWrite: boolean;
  /** May open tickets. */
  mayAsk: boolean;
}) {
  const { show, open } = useDialogUrl();
  const { act, isPending } = useAct();
  const params = { invoice_id: invoice.id };
  const entries = [
    ...(mayWrite ? entriesOf(invoice, (name) => void open(name)) : []),
    ...(mayAsk ? [askEntry(invoice)] : []),
  ];
  return (
    <>
      <LinkButton
        href={`/api/v1/invoices/${invoice.id}/pdf`}
        icon={<Download />}
        prefetch={false}
      >
        PDF
      </LinkButton>
      {mayWrite && isEditable(invoice) ? (
        <LinkButton href={`/invoices/${invoice.id}/edit`} icon={<Pencil />}>
          Edit
        </LinkButton>
      ) : null}
      {mayWrite && invoice.status === "draft" ? (
        <Button variant="primary" onPress={() => void open("finalize")}>
          Finalize
        </Button>
      ) : null}
      {mayWrite && invoice.status === "open" ? (
        <Button
          variant="primary"
          icon={<Mail />}
          isPending={isPending}
          onPress={() =>
            void act(() => call(invoicesApi.send, { params, body: {} }), {
              done: "The invoice is on its way",
              failed: "The invoice was not sent",
            })
          }
        >
          Send
        </Button>
      ) : null}
      {entries.length > 0 ? (
        <Menu
          label={`Actions for ${invoiceName(invoice)}`}
          trigger={
            <IconButton
              label="More actions"
              icon={<Ellipsis />}
              variant="secondary"
            />
          }
          items={entries}
        />
      ) : null}
      {show && mayWrite ? <InvoiceDialogs invoice={invoice} /> : null}
    </>
  );
}

// Lines of a subscription are its own, and would not come back.
function isEditable({ status, reason }: Invoice): boolean {
  return status === "draft" && reason === "manual";
}

function askEntry({ id, customer_id }: Invoice): MenuEntry {
  return {
    ...{ id: "ask", label: "Open a ticket…", icon: <LifeBuoy /> },
    href: `/customers/${customer_id}/invoices?show=new-ticket&id=${id}`,
  };
}

function entriesOf(
  { status }: Invoice,
  open: (dialog: string) => void,
): MenuEntry[] {
  const credit: MenuEntry = {
    id: "credit",
    label: "Credit note…",
    icon: <ReceiptText />,
    onAction: () => open("credit"),
  };
  if (status === "paid") return [credit];
  if (status === "draft")
    return [
      {
        id: "delete",
        label: "Delete draft…",
        icon: <Trash2 />,
        tone: "danger",
        onAction: () => open("delete"),
      },
    ];
  if (status !== "open") return [];
  return [
    credit,
    {
      id: "uncollectible",
      label: "Mark uncollectible…",
      icon: <CircleX />,
      tone: "danger",
      onAction: () => open("uncollectible"),
    },
    {
      id: "void",
      label: "Void…",
      icon: <Ban />,
      tone: "danger",
      onAction: () => open("void"),
    },
  ];
}
