"use client";

import { BadgeCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/shared/page";
import type { FilterOption } from "@/ui/display/filter-chips";
import { ListTable } from "@/ui/table/list-table";
import type { License } from "../contract";
import { licenseColumns } from "./license-columns";

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
  action,
}: LicenseListProps) {
  return (
    <ListTable
      things="licenses"
      page={page}
      columns={isOfCustomer ? ofCustomer : licenseColumns}
      rowLabel={({ name }) => name}
      rowHref={({ id }) => `/licenses/${id}`}
      search="Name, or how its key begins"
      filters={[
        { id: "status", label: "Status", options: statuses },
        { id: "plan_id", label: "Plan", options: plans },
        { id: "expires_within_days", label: "Expires", options: ends },
      ]}
      hint="Look for a part of a name or the beginning of a key, or clear the filters."
      empty={{
        icon: <BadgeCheck />,
        title: "No licenses yet",
        description:
          "A license is a key that unlocks your software, on as many machines or domains as you allow, until it expires.",
      }}
      action={action}
      hasActionInToolbar={isOfCustomer}
    />
  );
}
