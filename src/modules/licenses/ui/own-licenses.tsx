"use client";

import { BadgeCheck } from "lucide-react";
import type { Page } from "@/shared/page";
import { ListTable } from "@/ui/table/list-table";
import type { License } from "../contract";
import { licenseColumns } from "./license-columns";

const own = new Set(["name", "key", "plan", "status", "used", "expires"]);
const columns = licenseColumns.filter(({ id }) => own.has(id));

/** A customer's own licenses. */
export function OwnLicenses({ page }: { page: Page<License> }) {
  return (
    <ListTable
      things="licenses"
      page={page}
      columns={columns}
      rowLabel={({ name }) => name}
      rowHref={({ id }) => `/portal/licenses/${id}`}
      empty={{
        icon: <BadgeCheck />,
        title: "No licenses yet",
        description:
          "When you buy software from us, its license key is shown here, with the machines or domains that use it.",
      }}
    />
  );
}
