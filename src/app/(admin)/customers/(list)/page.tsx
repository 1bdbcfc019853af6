import type { Metadata } from "next";
import { RefreshEvery } from "@/client/refresh-every";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import {
  customerStats,
  listCustomers,
  listSegments,
  listTags,
} from "@/modules/customers";
import { CustomerFigures } from "@/modules/customers/ui/customer-figures";
import { toCustomerQuery } from "@/modules/customers/ui/list-query";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may, type Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { loadPlanOptions } from "../../licenses/plan-options";
import { AddCustomer } from "./add-customer";
import { Customers } from "./customers";
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
  const [query, segments, tags, plans] = await shown(
    ctx,
    loadFilters(ctx, await searchParams),
  );
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
      <RefreshEvery seconds={30} />
      <Customers
        page={page}
        currency={stats.total_revenue.currency}
        segments={segments}
        tags={tags}
        plans={plans}
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

/** What to filter by, and the list that the address asks for: a segment that is gone is none. */
async function loadFilters(ctx: Ctx, params: SearchParams) {
  const [{ items: segments }, { items: tags }, plans] = await Promise.all([
    listSegments(ctx),
    listTags(ctx, 50),
    loadPlanOptions(ctx),
  ]);
  const { segment, ...query } = toCustomerQuery(params);
  const isThere = segments.some(({ id }) => id === segment);
  const names = tags.map(({ name }) => name);
  const wanted = { ...query, ...(isThere && { segment }) };
  return [wanted, segments, names, plans] as const;
}
