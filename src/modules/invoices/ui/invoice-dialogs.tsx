"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { formatMoney } from "@/shared/money";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { invoicesApi, type Invoice } from "../contract";
import { CreditNoteDialog } from "./credit-note-dialog";
import { invoiceName } from "./invoice-columns";

/** `?show=finalize|delete|void|uncollectible|credit`. */
export default function InvoiceDialogs({ invoice }: { invoice: Invoice }) {
  const { show, close } = useDialogUrl();
  const onDone = useDone();
  const onClose = () => void close();
  const given = { invoice, onClose, onDone };
  if (show === "credit" && ["open", "paid"].includes(invoice.status))
    return <CreditNoteDialog {...given} />;
  if (show === "delete" && invoice.status === "draft")
    return <DeleteDialog {...given} />;
  const question = show ? questionOf(show, invoice) : null;
  return question ? <Ask {...given} {...question} /> : null;
}

export type InvoiceDialogProps = {
  invoice: Invoice;
  onClose: () => void;
  onDone: () => Promise<void>;
};

type Question = {
  title: string;
  confirmLabel: string;
  tone: "danger" | "primary";
  consequences: string[];
  endpoint: "finalize" | "void" | "markUncollectible";
  done: string;
};

function questionOf(show: string, invoice: Invoice): Question | null {
  const name = invoiceName(invoice);
  const total = formatMoney(invoice.total);
  if (show === "finalize" && invoice.status === "draft")
    return {
      title: `Bill ${invoice.customer_name} ${total}?`,
      confirmLabel: "Finalize invoice",
      tone: "primary",
      endpoint: "finalize",
      consequences: [
        "It gets the next number, and never changes from then on.",
        "Tax is that of this moment; credit of the customer is taken first.",
      ],
      done: "The invoice is finalized",
    };
  if (invoice.status !== "open") return null;
  if (show === "void")
    return {
      title: `Void ${name}?`,
      confirmLabel: "Void invoice",
      tone: "danger",
      endpoint: "void",
      consequences: [
        `${total} of ${invoice.customer_name} is no longer owed.`,
        "It keeps its number, and stays in the records. This cannot be undone.",
      ],
      done: `${name} is void`,
    };
  if (show === "uncollectible")
    return {
      title: `Mark ${name} uncollectible?`,
      confirmLabel: "Write off",
      tone: "danger",
      endpoint: "markUncollectible",
      consequences: [
        `${formatMoney(invoice.due)} is booked as bad debt.`,
        "It may still be paid, which recovers it.",
      ],
      done: `${name} is written off`,
    };
  return null;
}

function Ask({
  invoice,
  onClose,
  onDone,
  endpoint,
  done,
  ...words
}: InvoiceDialogProps & Question) {
  const params = { invoice_id: invoice.id };
  const confirm = useConfirm(async () => {
    if (endpoint === "finalize") await call(invoicesApi.finalize, { params });
    else await call(invoicesApi[endpoint], { params, body: {} });
    await onDone();
    toast.success(done);
  });
  return (
    <ConfirmDialog isOpen onOpenChange={onClose} {...words} {...confirm} />
  );
}

function DeleteDialog({ invoice, onClose }: InvoiceDialogProps) {
  const router = useRouter();
  const confirm = useConfirm(async () => {
    await call(invoicesApi.remove, { params: { invoice_id: invoice.id } });
    router.push(`/customers/${invoice.customer_id}/invoices`);
    router.refresh();
    toast.success("The draft is deleted");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Delete the draft for ${invoice.customer_name}?`}
      consequences={["It has no number yet, so nothing is missed."]}
      confirmLabel="Delete draft"
      {...confirm}
    />
  );
}
