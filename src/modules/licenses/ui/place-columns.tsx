import { CopyableId } from "@/ui/display/copyable-id";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { Device, Domain } from "../contract/places";

export const domainColumns: Column<Domain>[] = [
  {
    id: "name",
    header: "Domain",
    cell: ({ name }) => (
      <span className="font-medium wrap-anywhere">{name}</span>
    ),
  },
  {
    id: "note",
    header: "Note",
    cell: ({ note }) => note ?? <span className="text-ink-faint">–</span>,
  },
  {
    id: "added",
    header: "Added",
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="domain id" />,
  },
];

export const deviceColumns: Column<Device>[] = [
  {
    id: "name",
    header: "Device",
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: "identifier",
    header: "Identifier",
    cell: ({ identifier }) => <CopyableId id={identifier} label="identifier" />,
  },
  {
    id: "kind",
    header: "Kind",
    cell: ({ kind }) => kind || <span className="text-ink-faint">–</span>,
  },
  {
    id: "seen",
    header: "Last seen",
    cell: ({ last_seen_at }) => (
      <Time value={last_seen_at} format="relative" empty="Never" />
    ),
  },
  {
    id: "added",
    header: "Added",
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="device id" />,
  },
];
