import type { Metadata } from "next";
import type { ReactNode } from "react";
import { QueryProvider } from "@/client/query";
import { shown } from "@/http/shown";
import { getErasure } from "@/modules/privacy";
import { ErasureNotice } from "@/modules/privacy/ui/erasure-notice";
import { may } from "@/platform/context";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { Tabs } from "@/ui/display/tabs";
import { CustomerActions } from "./customer-actions";
import { Dialogs } from "./dialogs";
import { loadCustomer, titled, type CustomerParams } from "./load";
import { StatusNotice } from "./status-notice";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => name);
}

/** The head of a customer's page, over its sections. */
export default async function CustomerLayout({
  params,
  children,
}: CustomerParams & { children: ReactNode }) {
  const { customer_id } = await params;
  const { ctx, customer } = await loadCustomer(customer_id);
  const { erasure } = await shown(ctx, getErasure(ctx, customer.id));
  const isLeaving = erasure && !["done", "canceled"].includes(erasure.status);
  const path = `/customers/${customer.id}`;
  const allowed = {
    customers: may(ctx.actor, "customers:write"),
    billing: may(ctx.actor, "billing:write"),
    keys: may(ctx.actor, "keys:write"),
    licenses: may(ctx.actor, "licenses:write"),
    erase: may(ctx.actor, "customers:erase"),
    support: may(ctx.actor, "support:write"),
  };
  return (
    <QueryProvider>
      <PageHeader
        breadcrumbs={[{ label: "Customers", href: "/customers" }]}
        title={customer.name}
        id={<CopyableId id={customer.id} label="customer id" />}
        badges={<StatusBadge status={customer.status} />}
        actions={<CustomerActions customer={customer} allowed={allowed} />}
      />
      {isLeaving ? (
        <ErasureNotice erasure={erasure} mayKeep={allowed.customers} />
      ) : null}
      {isLeaving && erasure.status !== "scheduled" ? null : (
        <StatusNotice
          customer={customer}
          mayWrite={allowed.customers}
          now={ctx.now().toISOString()}
        />
      )}
      <Tabs
        label={`Sections of ${customer.name}`}
        tabs={[
          { label: "Details", href: path },
          { label: "Licenses", href: `${path}/licenses` },
          { label: "Domains", href: `${path}/domains` },
          { label: "Devices", href: `${path}/devices` },
          ...(may(ctx.actor, "tenants:read")
            ? [{ label: "Tenants", href: `${path}/tenants` }]
            : []),
          ...(may(ctx.actor, "billing:read")
            ? [
                { label: "Subscriptions", href: `${path}/subscriptions` },
                { label: "Invoices", href: `${path}/invoices` },
                { label: "Ledger", href: `${path}/ledger` },
              ]
            : []),
          { label: "Usage", href: `${path}/usage` },
          { label: "Limits", href: `${path}/limits` },
          { label: "Payments", href: `${path}/payments` },
          { label: "Keys", href: `${path}/keys` },
          ...(may(ctx.actor, "support:read")
            ? [{ label: "Tickets", href: `${path}/tickets` }]
            : []),
          { label: "People", href: `${path}/people` },
          { label: "Activity", href: `${path}/activity` },
          { label: "Notes", href: `${path}/notes` },
        ]}
      />
      {children}
      <Dialogs customer={customer} allowed={allowed} />
    </QueryProvider>
  );
}
