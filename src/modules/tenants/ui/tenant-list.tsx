"use client";

import { Server } from "lucide-react";
import type { ReactNode } from "react";
import { RefreshEvery } from "@/client/refresh-every";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Tenant } from "../contract";
import { tenantColumns } from "./tenant-columns";

const filters = ["status"] as const;
const statuses = [
  { id: "active", label: "Active" },
  { id: "provisioning", label: "Provisioning" },
  { id: "suspended", label: "Suspended" },
  { id: "deleting", label: "Deleting" },
  { id: "failed", label: "Failed" },
  { id: "deleted", label: "Deleted" },
];

export type TenantListProps = {
  page: Page<Tenant>;
  /** Whose list it is: staff's of all, staff's of one customer, or a customer's own. */
  of?: "all" | "customer" | "own";
  /** The button for another one, in the toolbar and for the first. */
  action?: ReactNode;
};

const left: Record<NonNullable<TenantListProps["of"]>, readonly string[]> = {
  all: [],
  customer: ["customer"],
  own: ["customer", "driver"],
};

/** Tenants: search, filters and page live in the URL; what is under way is followed. */
export function TenantList({
  page,
  of = "all",
  action = null,
}: TenantListProps) {
  const list = useListUrl({ filters, perPage: 50 });
  const isOwn = of === "own";
  return (
    <>
      {page.items.some(({ job }) => job) ? <RefreshEvery seconds={3} /> : null}
      <DataTable
        label="Tenants"
        columns={tenantColumns.filter(({ id }) => !left[of].includes(id))}
        rows={page.items}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        rowHref={({ id }) =>
          isOwn ? `/portal/tenants/${id}` : `/tenants/${id}`
        }
        isLoading={list.isPending}
        toolbar={
          isOwn ? null : (
            <>
              {of === "customer" && page.total > 0 ? action : null}
              <ListSearch
                list={list}
                things="tenants"
                placeholder="Name or subdomain"
              />
              <ListFilters
                list={list}
                filters={[{ id: "status", label: "Status", options: statuses }]}
              />
            </>
          )
        }
        empty={
          <ListEmpty
            list={list}
            page={page}
            things="tenants"
            hint="Look for a part of a name or a subdomain, or clear the filters."
          >
            <EmptyState
              icon={<Server />}
              title="No tenants yet"
              description={
                isOwn
                  ? "A tenant is an installation of the software of your own, at an address of your choice."
                  : "A tenant is an installation that is kept for a customer: its own database, modules and backups, at its own address."
              }
              action={action}
            />
          </ListEmpty>
        }
        footer={<ListPages list={list} page={page} />}
      />
    </>
  );
}
