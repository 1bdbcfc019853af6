import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listCustomerInvoices } from "@/modules/invoices";
import { InvoiceList } from "@/modules/invoices/ui/invoice-list";
import { toInvoiceQuery } from "@/modules/invoices/ui/invoice-query";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Invoices of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** The customer's invoices. */
export default async function CustomerInvoicesPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const query = toInvoiceQuery(await searchParams);
  const page = await shown(ctx, listCustomerInvoices(ctx, customer.id, query));
  const action = may(ctx.actor, "billing:write") ? (
    <LinkButton href={`/invoices/new?customer_id=${customer.id}`}>
      New invoice
    </LinkButton>
  ) : null;
  return (
    <>
      {page.total > 0 && action ? (
        <div className="flex justify-end">{action}</div>
      ) : null}
      <InvoiceList page={page} isOfCustomer action={action} />
    </>
  );
}
