import type { Letter } from "@/platform/mail/letter";
import { dayIn, wordsFor } from "@/platform/words";
import { formatMoney } from "@/shared/money";
import type { StoredInvoice } from "./queries/row";

/** A mail before it is rendered. */
export type InvoiceLetter = Omit<Letter, "sender"> & {
  to: string;
  subject: string;
};

/** The mail that brings an invoice, or that says that it is late. */
export function invoiceLetter(
  kind: "issued" | "overdue" | "failed",
  invoice: StoredInvoice,
  language: string,
  { to, payUrl }: { to: string; payUrl: string },
): InvoiceLetter {
  const words = wordsFor(language, "invoice");
  const due = invoice.due_at ? dayIn(language, new Date(invoice.due_at)) : "–";
  const values = {
    number: invoice.number ?? "",
    seller: invoice.seller?.name ?? "",
    total: formatMoney(invoice.total, language),
    amount: formatMoney(invoice.due, language),
    due,
  };
  const isDue = invoice.due.amount > 0;
  return {
    to,
    language,
    subject: words(`${kind}.subject`, values),
    heading: words(`${kind}.heading`, values),
    paragraphs: [words(isDue ? `${kind}.body` : "settled", values)],
    facts: [
      { label: words("facts.number"), value: values.number },
      { label: words("facts.total"), value: values.total },
      ...(isDue
        ? [
            { label: words("facts.amount"), value: values.amount },
            { label: words("facts.due"), value: values.due },
          ]
        : []),
    ],
    action: {
      label: words(isDue ? "pay" : "see"),
      href: payUrl,
      hint: wordsFor(language, "mail")("hint"),
    },
    notes: [words("attached", values)],
  };
}
