"use client";

import { Server } from "lucide-react";
import type { ReactNode } from "react";
import { RefreshEvery } from "@/client/refresh-every";
import type { Page } from "@/shared/page";
import { ListTable } from "@/ui/table/list-table";
import type { Tenant } from "../contract";
import { tenantColumns } from "./tenant-columns";

const statuses = [
  { id: "active", label: "Active" },
  { id: "provisioning", label: "Provisioning" },
  { id: "suspended", label: "Suspended" },
  { id: "deleting", label: "Deleting" },
  { id: "failed", label: "Failed" },
  { id: "deleted", label: "Deleted" },
];
const filters = [{ id: "status", label: "Status", options: statuses }];

export type TenantListProps = {
  page: Page<Tenant>;
  /** Whose list it is: staff's of all, staff's of one customer, or a customer's own. */
  of?: "all" | "customer" | "own";
  /** The button for another one, in the toolbar and for the first. */
  action?: ReactNode;
};

const without = (...left: string[]) =>
  tenantColumns.filter(({ id }) => !left.includes(id));
const columnsOf = {
  all: tenantColumns,
  customer: without("customer"),
  own: without("customer", "driver"),
};

/** Tenants: search, filters and page live in the URL; what is under way is followed. */
export function TenantList({ page, of = "all", action }: TenantListProps) {
  const isOwn = of === "own";
  return (
    <>
      {page.items.some(({ job }) => job) ? <RefreshEvery seconds={3} /> : null}
      <ListTable
        things="tenants"
        page={page}
        columns={columnsOf[of]}
        rowLabel={({ name }) => name}
        rowHref={({ id }) =>
          isOwn ? `/portal/tenants/${id}` : `/tenants/${id}`
        }
        {...(!isOwn && { search: "Name or subdomain", filters })}
        hint="Look for a part of a name or a subdomain, or clear the filters."
        empty={{
          icon: <Server />,
          title: "No tenants yet",
          description: isOwn
            ? "A tenant is an installation of the software of your own, at an address of your choice."
            : "A tenant is an installation that is kept for a customer: its own database, modules and backups, at its own address.",
        }}
        action={action}
        hasActionInToolbar={of === "customer"}
      />
    </>
  );
}
