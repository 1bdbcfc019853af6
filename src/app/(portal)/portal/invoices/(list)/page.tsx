import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listInvoices } from "@/modules/invoices";
import { toInvoiceQuery } from "@/modules/invoices/ui/invoice-query";
import { OwnInvoices } from "@/modules/invoices/ui/own-invoices";
import { may } from "@/platform/context";
import { PageHeader } from "@/ui/display/page-header";
import { NoBilling } from "../../no-billing";

export const metadata: Metadata = { title: "Invoices" };

type Given = { searchParams: Promise<SearchParams> };

/** The invoices of the viewer's customer. */
export default async function PortalInvoicesPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const header = (
    <PageHeader
      title="Invoices"
      description="What was billed, what is still due, and each as a PDF"
    />
  );
  if (!may(ctx.actor, "billing:read")) return <NoBilling header={header} />;
  const query = toInvoiceQuery(await searchParams);
  const page = await shown(ctx, listInvoices(ctx, query));
  return (
    <>
      {header}
      <OwnInvoices page={page} />
    </>
  );
}
