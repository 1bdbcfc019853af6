import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getCustomer } from "@/modules/customers";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { taxRatesFor } from "@/modules/invoices";
import { DraftForm } from "@/modules/invoices/ui/draft-form";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "New invoice" };

type Given = { searchParams: Promise<{ customer_id?: string | string[] }> };

/** A draft for a customer: `?customer_id=cus_…`. */
export default async function NewInvoicePage({ searchParams }: Given) {
  const ctx = await staffCtx();
  const id = idOf("cus").safeParse((await searchParams).customer_id);
  if (!id.success) notFound();
  if (!may(ctx.actor, "billing:write"))
    return (
      <>
        <PageHeader title="New invoice" />
        <NotAllowed
          act="draft invoices"
          roles={rolesThatMay("billing:write")}
          permission="billing:write"
        />
      </>
    );
  const customer = await shown(ctx, getCustomer(ctx, id.data));
  const taxing = await taxRatesFor(ctx, customer, ctx.now());
  return (
    <>
      <PageHeader
        title={`New invoice for ${customer.name}`}
        breadcrumbs={[
          { label: "Invoices", href: "/invoices" },
          { label: customer.name, href: `/customers/${customer.id}/invoices` },
        ]}
      />
      <DraftForm
        customer={{ id: customer.id, name: customer.name }}
        currency={customer.currency}
        rate={taxing.rateFor(null)}
      />
    </>
  );
}
