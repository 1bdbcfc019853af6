"use client";

import { BadgeCheck } from "lucide-react";
import type { Page } from "@/shared/page";
import { EmptyState } from "@/ui/display/empty-state";
import { DataTable } from "@/ui/table/data-table";
import { ListEmpty, ListPages } from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { License } from "../contract";
import { licenseColumns } from "./license-columns";

const own = new Set(["name", "key", "plan", "status", "used", "expires"]);
const columns = licenseColumns.filter(({ id }) => own.has(id));

/** A customer's own licenses. */
export function OwnLicenses({ page }: { page: Page<License> }) {
  const list = useListUrl({ perPage: 50 });
  return (
    <DataTable
      label="Licenses"
      columns={columns}
      rows={page.items}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      rowHref={({ id }) => `/portal/licenses/${id}`}
      isLoading={list.isPending}
      empty={
        <ListEmpty list={list} page={page} things="licenses">
          <EmptyState
            icon={<BadgeCheck />}
            title="No licenses yet"
            description="When you buy software from us, its license key is shown here, with the machines or domains that use it."
          />
        </ListEmpty>
      }
      footer={<ListPages list={list} page={page} />}
    />
  );
}
