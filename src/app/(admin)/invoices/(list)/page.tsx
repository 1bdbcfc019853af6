import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listInvoices, outstanding } from "@/modules/invoices";
import { InvoiceFigures } from "@/modules/invoices/ui/invoice-figures";
import { InvoiceList } from "@/modules/invoices/ui/invoice-list";
import { toInvoiceQuery } from "@/modules/invoices/ui/invoice-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Invoices" };

type Given = { searchParams: Promise<SearchParams> };

/** Every invoice, and what is owed. */
export default async function InvoicesPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "billing:read"))
    return (
      <>
        <PageHeader title="Invoices" />
        <NotAllowed
          act="see invoices"
          roles={rolesThatMay("billing:read")}
          permission="billing:read"
        />
      </>
    );
  const query = toInvoiceQuery(await searchParams);
  const [page, figures] = await shown(
    ctx,
    Promise.all([listInvoices(ctx, query), outstanding(ctx)]),
  );
  return (
    <>
      <PageHeader title="Invoices" />
      <InvoiceFigures figures={figures} />
      <InvoiceList page={page} />
    </>
  );
}
