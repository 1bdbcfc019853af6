import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { License } from "../contract";
import { placesText, shortKey } from "./license-words";

export const licenseColumns: Column<License>[] = [
  {
    id: "name",
    header: "License",
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: "key",
    header: "Key",
    cell: ({ key }) => (
      <CopyableId id={key} shown={shortKey(key)} label="license key" />
    ),
  },
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/licenses`}>{customer_name}</Link>
    ),
  },
  {
    id: "plan",
    header: "Plan",
    cell: ({ plan }) =>
      plan ? plan.name : <span className="text-ink-faint">–</span>,
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "used",
    header: "Used on",
    cell: (license) => (
      <span className="tabular-nums">{placesText(license)}</span>
    ),
  },
  {
    id: "expires",
    header: "Expires",
    cell: ({ expires_at, status }) => (
      <Time
        value={expires_at}
        format="date"
        empty={status === "pending" ? "Not begun" : "Never"}
      />
    ),
  },
  {
    id: "validated",
    header: "Last asked about",
    isHidden: true,
    cell: ({ last_validated_at }) => (
      <Time value={last_validated_at} format="relative" empty="Never" />
    ),
  },
  {
    id: "created",
    header: "Issued",
    isHidden: true,
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="license id" />,
  },
];
