import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { bytesText } from "@/ui/format/number";
import type { Column } from "@/ui/table/columns";
import type { Tenant } from "../contract";
import { jobWords } from "../contract/job-words";
import { addressText } from "./tenant-words";

export const tenantColumns: Column<Tenant>[] = [
  {
    id: "name",
    header: "Tenant",
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: "address",
    header: "Address",
    cell: (tenant) => (
      <span className="wrap-anywhere">{addressText(tenant)}</span>
    ),
  },
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/tenants`}>{customer_name}</Link>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, job }) => (
      <span className="inline-flex max-w-full flex-wrap items-center gap-2">
        <StatusBadge status={status} />
        {job && job.kind !== "provision" && job.kind !== "terminate" ? (
          <span className="text-xs text-ink-faint">
            {jobWords[job.kind].doing}
          </span>
        ) : null}
      </span>
    ),
  },
  {
    id: "storage",
    header: "Size",
    cell: ({ usage }) =>
      usage.storage_bytes.used === null ? (
        <span className="text-ink-faint">–</span>
      ) : (
        <span className="tabular-nums">
          {bytesText(usage.storage_bytes.used)}
        </span>
      ),
  },
  {
    id: "driver",
    header: "Kept by",
    cell: ({ driver }) => driver,
  },
  {
    id: "created",
    header: "Created",
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="tenant id" />,
  },
];
