import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { customerStats, listCustomers } from "@/modules/customers";
import { CustomerFigures } from "@/modules/customers/ui/customer-figures";
import { CustomerList } from "@/modules/customers/ui/customer-list";
import { toCustomerQuery } from "@/modules/customers/ui/list-query";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { env } from "@/platform/env";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { AddCustomer } from "./add-customer";
import { Dialogs } from "./dialogs";

export const metadata: Metadata = { title: "Customers" };

export type CustomersPageProps = { searchParams: Promise<SearchParams> };

/** The list of customers. */
export default async function CustomersPage({
  searchParams,
}: CustomersPageProps) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "customers:read"))
    return (
      <>
        <PageHeader title="Customers" />
        <NotAllowed
          act="see customers"
          roles={rolesThatMay("customers:read")}
          permission="customers:read"
        />
      </>
    );
  const query = toCustomerQuery(await searchParams);
  const [page, stats] = await shown(
    ctx,
    Promise.all([listCustomers(ctx, query), customerStats(ctx)]),
  );
  const mayWrite = may(ctx.actor, "customers:write");
  const withMoney = may(ctx.actor, "billing:read");
  return (
    <>
      <PageHeader
        title="Customers"
        actions={mayWrite ? <AddCustomer /> : null}
      />
      <CustomerFigures stats={stats} withMoney={withMoney} />
      <CustomerList
        page={page}
        currency={stats.total_revenue.currency}
        mayWrite={mayWrite}
        withMoney={withMoney}
        now={ctx.now().toISOString()}
        appUrl={env().APP_URL}
      />
      <Dialogs
        rows={page.items}
        mayWrite={mayWrite}
        mayIssue={may(ctx.actor, "keys:write")}
        withMoney={withMoney}
      />
    </>
  );
}
