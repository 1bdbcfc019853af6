"use client";

import {
  Ban,
  ChartPie,
  CirclePause,
  CirclePlay,
  Gauge,
  LifeBuoy,
  Network,
  RotateCw,
} from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { MenuEntry } from "@/ui/overlays/menu";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import type { Key } from "../contract";
import { withCalls } from "./key-calls-column";
import { limitsText, maskedKey } from "./key-words";
import { useKeySwitch } from "./use-key-switch";

export type KeyDialog =
  "rotate-key" | "key-limits" | "key-quotas" | "key-addresses" | "revoke-key";

export type KeysTableProps = {
  keys: readonly Key[];
  /** Whether the viewer's role may change keys. */
  mayWrite: boolean;
  /** Says whose each key is, in lists of more than one customer's. */
  withCustomer?: boolean;
  /** Calls of each of the last seven days, by the key's id. */
  calls?: Record<string, number[]> | undefined;
  /** Whether there is a log of each call to lead to, and quotas to set: for staff. */
  hasLog?: boolean;
  /** Where somebody asks for help with a key. */
  helpAddress?: ((id: string) => string) | undefined;
  onOpen: (dialog: KeyDialog, id: string) => void;
  empty: ReactNode;
  toolbar?: ReactNode;
  footer?: ReactNode;
  isLoading?: boolean;
};

/** Keys, without their secrets. */
export function KeysTable({
  keys,
  mayWrite,
  withCustomer = false,
  calls,
  hasLog = false,
  helpAddress,
  onOpen,
  ...frame
}: KeysTableProps) {
  const setEnabled = useKeySwitch();
  const columns = useMemo(() => {
    const known = withCustomer ? columnsWithCustomer : keyColumns;
    return calls ? withCalls(known, calls, hasLog) : known;
  }, [withCustomer, calls, hasLog]);
  return (
    <DataTable
      label="API keys"
      columns={columns}
      rows={keys}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      rowActions={
        mayWrite || helpAddress
          ? (key) => [
              ...(mayWrite
                ? actionsOf(key, onOpen, setEnabled, hasLog || withCustomer)
                : []),
              ...(helpAddress ? [helpEntry(helpAddress(key.id))] : []),
            ]
          : undefined
      }
      {...frame}
    />
  );
}

const keyColumns: Column<Key>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ name }) => <span className="break-words">{name}</span>,
  },
  {
    id: "key",
    header: "Key",
    cell: (key) => (
      <span className="font-mono text-xs whitespace-nowrap text-ink-muted">
        {maskedKey(key)}
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: (key) => <KeyState apiKey={key} />,
  },
  {
    id: "limits",
    header: "Own limits",
    cell: ({ limits }) =>
      limits ? (
        <span className="text-xs">{limitsText(limits)}</span>
      ) : (
        <span className="text-ink-faint">None</span>
      ),
  },
  {
    id: "allowed_ips",
    header: "Addresses",
    isHidden: true,
    cell: ({ allowed_ips }) =>
      allowed_ips.length === 0 ? (
        <span className="text-ink-faint">Any</span>
      ) : (
        <span className="font-mono text-xs">{allowed_ips.join(", ")}</span>
      ),
  },
  {
    id: "last_used",
    header: "Last used",
    cell: ({ last_used_at }) => (
      <Time value={last_used_at} format="relative" empty="Never" />
    ),
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
    cell: ({ id }) => <CopyableId id={id} label="key id" />,
  },
];

const columnsWithCustomer: Column<Key>[] = [
  ...keyColumns.slice(0, 1),
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/keys`} tone="ink" prefetch={false}>
        {customer_name}
      </Link>
    ),
  },
  ...keyColumns.slice(1),
];

function KeyState({ apiKey }: { apiKey: Key }) {
  const { status, expires_at } = apiKey;
  const isEnding = expires_at && (status === "active" || status === "rotating");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusBadge status={status} />
      {isEnding ? (
        <span className="text-xs text-ink-faint">
          ends <Time value={expires_at} format="relative" />
        </span>
      ) : null}
    </span>
  );
}

function helpEntry(href: string): MenuEntry {
  return { id: "help", label: "Open a ticket…", icon: <LifeBuoy />, href };
}

function actionsOf(
  key: Key,
  onOpen: KeysTableProps["onOpen"],
  setEnabled: (key: Key, isEnabled: boolean) => void,
  withQuotas: boolean,
): MenuEntry[] {
  if (key.status === "revoked" || key.status === "expired") return [];
  const isOff = key.status === "disabled";
  return [
    {
      id: "rotate",
      label: "Rotate…",
      icon: <RotateCw />,
      isDisabled: key.status === "rotating",
      onAction: () => onOpen("rotate-key", key.id),
    },
    {
      id: "limits",
      label: "Set limits…",
      icon: <Gauge />,
      onAction: () => onOpen("key-limits", key.id),
    },
    ...(withQuotas
      ? [
          {
            id: "quotas",
            label: "Set quotas…",
            icon: <ChartPie />,
            onAction: () => onOpen("key-quotas", key.id),
          },
        ]
      : []),
    {
      id: "addresses",
      label: "Allowed addresses…",
      icon: <Network />,
      onAction: () => onOpen("key-addresses", key.id),
    },
    {
      id: "switch",
      label: isOff ? "Enable" : "Disable",
      icon: isOff ? <CirclePlay /> : <CirclePause />,
      onAction: () => setEnabled(key, isOff),
    },
    {
      id: "revoke",
      label: "Revoke…",
      icon: <Ban />,
      tone: "danger",
      onAction: () => onOpen("revoke-key", key.id),
    },
  ];
}
