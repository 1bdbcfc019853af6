import { Download } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getInvoice } from "@/modules/invoices";
import { isPayable } from "@/modules/invoices/contract/invoice";
import { invoiceName } from "@/modules/invoices/ui/invoice-columns";
import { InvoiceSheet } from "@/modules/invoices/ui/invoice-sheet";
import { AskAbout } from "@/modules/support/ui/ask-about";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { LinkButton } from "@/ui/controls/link-button";
import { Callout } from "@/ui/display/callout";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { formatMoney } from "@/shared/money";
import { NoBilling } from "../../no-billing";

export const metadata: Metadata = { title: "Invoice" };

type Given = { params: Promise<{ invoice_id: string }> };

/** One invoice of the viewer's customer, to pay and to download. */
export default async function PortalInvoicePage({ params }: Given) {
  const { invoice_id } = await params;
  const ctx = await customerCtx();
  if (!idOf("ivc").safeParse(invoice_id).success) notFound();
  if (!may(ctx.actor, "billing:read"))
    return <NoBilling header={<PageHeader title="Invoice" />} />;
  const invoice = await shown(ctx, getInvoice(ctx, invoice_id));
  const { id, due, is_overdue, pay_url, status } = invoice;
  const isDue = isPayable(status) && due.amount > 0;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Invoices", href: "/portal/invoices" }]}
        title={invoiceName(invoice)}
        badges={<StatusBadge status={is_overdue ? "overdue" : status} />}
        actions={
          <>
            {may(ctx.actor, "support:write", "tickets") ? (
              <AskAbout id={id} />
            ) : null}
            <LinkButton
              href={`/api/v1/invoices/${id}/pdf`}
              icon={<Download />}
              prefetch={false}
            >
              PDF
            </LinkButton>
            {isDue && pay_url ? (
              <LinkButton href={pay_url} variant="primary">
                Pay {formatMoney(due)}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {status === "uncollectible" && isDue ? (
        <Callout tone="warning" title="This was not paid in time">
          {pay_url
            ? `We no longer ask for it. ${formatMoney(due)} can still be paid here; it counts at once.`
            : `We no longer ask for it. ${formatMoney(due)} can still be paid by somebody of yours who sees to billing.`}
        </Callout>
      ) : null}
      <InvoiceSheet invoice={invoice} isOwn />
    </>
  );
}
