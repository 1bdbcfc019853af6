import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getInvoice } from "@/modules/invoices";
import { InvoiceActions } from "@/modules/invoices/ui/invoice-actions";
import { invoiceName } from "@/modules/invoices/ui/invoice-columns";
import { InvoiceSheet } from "@/modules/invoices/ui/invoice-sheet";
import { RecordInvoicePayment } from "@/modules/payments/ui/record-invoice-payment";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";

export const metadata: Metadata = { title: "Invoice" };

type Given = { params: Promise<{ invoice_id: string }> };

/** One invoice, and what can be done with it. */
export default async function InvoicePage({ params }: Given) {
  const { invoice_id } = await params;
  const ctx = await staffCtx();
  if (!idOf("ivc").safeParse(invoice_id).success) notFound();
  const invoice = await shown(ctx, getInvoice(ctx, invoice_id));
  const mayWrite = may(ctx.actor, "billing:write");
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: "Invoices", href: "/invoices" },
          {
            label: invoice.customer_name,
            href: `/customers/${invoice.customer_id}/invoices`,
          },
        ]}
        title={invoiceName(invoice)}
        id={<CopyableId id={invoice.id} label="invoice id" />}
        badges={
          <StatusBadge
            status={invoice.is_overdue ? "overdue" : invoice.status}
          />
        }
        actions={
          <>
            {mayWrite && invoice.status === "open" ? (
              <RecordInvoicePayment invoice={invoice} />
            ) : null}
            <InvoiceActions
              {...{ invoice, mayWrite }}
              mayAsk={may(ctx.actor, "support:write")}
            />
          </>
        }
      />
      <InvoiceSheet invoice={invoice} />
    </>
  );
}
