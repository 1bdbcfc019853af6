"use client";

import { BadgeCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import type { FilterOption } from "@/ui/display/filter-chips";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { License } from "../contract";
import { licenseColumns } from "./license-columns";

const filters = ["status", "plan_id", "expires_within_days"] as const;

const statuses = [
  { id: "active", label: "Active" },
  { id: "pending", label: "Pending" },
  { id: "suspended", label: "Suspended" },
  { id: "expired", label: "Expired" },
  { id: "revoked", label: "Revoked" },
];
const ends = [
  { id: "7", label: "Within 7 days" },
  { id: "14", label: "Within 14 days" },
  { id: "30", label: "Within 30 days" },
  { id: "90", label: "Within 90 days" },
];

export type LicenseListProps = {
  page: Page<License>;
  /** The plans to choose from in the filter. */
  plans: readonly FilterOption[];
  /** Of one customer: its column is left out. */
  isOfCustomer?: boolean;
  /** The button for another one, in the toolbar and for the first. */
  action?: ReactNode;
};

const ofCustomer = licenseColumns.filter(({ id }) => id !== "customer");

/** Licenses: search, filters and page live in the URL. */
export function LicenseList({
  page,
  plans,
  isOfCustomer,
  action = null,
}: LicenseListProps) {
  const list = useListUrl({ filters, perPage: 50 });
  return (
    <DataTable
      label="Licenses"
      columns={isOfCustomer ? ofCustomer : licenseColumns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      rowHref={({ id }) => `/licenses/${id}`}
      isLoading={list.isPending}
      toolbar={
        <Toolbar
          list={list}
          plans={plans}
          action={isOfCustomer && page.total > 0 ? action : null}
        />
      }
      empty={
        <ListEmpty
          list={list}
          page={page}
          things="licenses"
          hint="Look for a part of a name or the beginning of a key, or clear the filters."
        >
          <EmptyState
            icon={<BadgeCheck />}
            title="No licenses yet"
            description="A license is a key that unlocks your software, on as many machines or domains as you allow, until it expires."
            action={action}
          />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}

type ToolbarProps = {
  list: ListUrl;
  plans: readonly FilterOption[];
  action: ReactNode;
};

function Toolbar({ list, plans, action }: ToolbarProps) {
  const filter = (
    id: string,
    label: string,
    options: readonly FilterOption[],
  ) => ({ id, label, options });
  return (
    <>
      {action}
      <ListSearch
        list={list}
        things="licenses"
        placeholder="Name, or how its key begins"
      />
      <ListFilters
        list={list}
        filters={[
          filter("status", "Status", statuses),
          ...(plans.length > 0 ? [filter("plan_id", "Plan", plans)] : []),
          filter("expires_within_days", "Expires", ends),
        ]}
      />
    </>
  );
}
