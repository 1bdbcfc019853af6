"use client";

import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import type { ServiceToken } from "../contract";
import { groupPermissions } from "./permission-words";

export type TokensTableProps = {
  tokens: readonly ServiceToken[];
  mayWrite: boolean;
  onRevoke: (id: string) => void;
  isLoading: boolean;
  toolbar: ReactNode;
  empty: ReactNode;
};

/** Service tokens, without their secrets. */
export function TokensTable({
  tokens,
  mayWrite,
  onRevoke,
  ...frame
}: TokensTableProps) {
  return (
    <DataTable
      label="Service tokens"
      columns={columns}
      rows={tokens}
      rowId={({ id }) => id}
      rowLabel={({ name }) => name}
      rowActions={
        mayWrite
          ? ({ id, status }) =>
              status === "revoked"
                ? []
                : [
                    {
                      id: "revoke",
                      label: "Revoke…",
                      icon: <Ban />,
                      tone: "danger",
                      onAction: () => onRevoke(id),
                    },
                  ]
          : undefined
      }
      {...frame}
    />
  );
}

const columns: Column<ServiceToken>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ name }) => <span className="break-words">{name}</span>,
  },
  {
    id: "prefix",
    header: "Token",
    cell: ({ prefix }) => (
      <span className="font-mono text-xs whitespace-nowrap text-ink-muted">
        {prefix}…
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "scopes",
    header: "May",
    cell: ({ scopes }) => (
      <span className="text-xs" title={scopes.join(", ")}>
        {scopesText(scopes)}
      </span>
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
    id: "expires",
    header: "Expires",
    cell: ({ expires_at }) => (
      <Time value={expires_at} format="relative" empty="Never" />
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
    cell: ({ id }) => <CopyableId id={id} label="token id" />,
  },
];

/** `Access checks, Usage (change)`: the first areas, and how many more. */
function scopesText(scopes: ServiceToken["scopes"]): string {
  const groups = groupPermissions(scopes).map(({ label, choices }) => {
    const words = choices.map(({ verb }) => verb.toLowerCase()).join(", ");
    return `${label} (${words})`;
  });
  const shown = groups.slice(0, 2).join(", ");
  const more = groups.length - 2;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
