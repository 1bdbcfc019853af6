import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getCustomer } from "@/modules/customers";
import { getInvoice, taxRatesFor } from "@/modules/invoices";
import { DraftForm } from "@/modules/invoices/ui/draft-form";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Edit draft" };

type Given = { params: Promise<{ invoice_id: string }> };

/** Changes a draft; an invoice that is none, or that one may not change, is only shown. */
export default async function EditInvoicePage({ params }: Given) {
  const { invoice_id } = await params;
  const ctx = await staffCtx();
  if (!idOf("ivc").safeParse(invoice_id).success) notFound();
  const invoice = await shown(ctx, getInvoice(ctx, invoice_id));
  const { customer_id: id, customer_name: name } = invoice;
  const isDraft = invoice.status === "draft" && invoice.reason === "manual";
  if (!isDraft || !may(ctx.actor, "billing:write"))
    redirect(`/invoices/${invoice.id}`);
  const customer = await shown(ctx, getCustomer(ctx, id));
  const taxing = await taxRatesFor(ctx, customer, ctx.now());
  return (
    <>
      <PageHeader
        title={`Edit draft for ${name}`}
        breadcrumbs={[
          { label: "Invoices", href: "/invoices" },
          { label: name, href: `/customers/${id}/invoices` },
          { label: "Draft", href: `/invoices/${invoice.id}` },
        ]}
      />
      <DraftForm
        customer={{ id, name }}
        currency={invoice.currency}
        draft={invoice}
        rate={taxing.rateFor(null)}
      />
    </>
  );
}
