"use client";

import { Archive, ArchiveRestore, Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/ui/display/badge";
import { CopyableId } from "@/ui/display/copyable-id";
import { Time } from "@/ui/display/time";
import type { MenuEntry } from "@/ui/overlays/menu";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import type { Meter } from "../contract";
import { meterWords } from "./meter-words";

export type MetersTableProps = {
  meters: readonly Meter[];
  mayWrite: boolean;
  onOpen: (dialog: "edit-meter" | "archive-meter", id: string) => void;
  onRestore: (meter: Meter) => void;
  isLoading: boolean;
  toolbar: ReactNode;
  empty: ReactNode;
  footer: ReactNode;
};

/** Meters, with what each counts in words. */
export function MetersTable({
  meters,
  mayWrite,
  onOpen,
  onRestore,
  ...frame
}: MetersTableProps) {
  const actions = (meter: Meter): MenuEntry[] => [
    {
      id: "edit",
      label: "Edit…",
      icon: <Pencil />,
      onAction: () => onOpen("edit-meter", meter.id),
    },
    ...(meter.is_system
      ? []
      : [
          meter.archived_at
            ? {
                id: "restore",
                label: "Bring back",
                icon: <ArchiveRestore />,
                onAction: () => onRestore(meter),
              }
            : {
                id: "archive",
                label: "Archive…",
                icon: <Archive />,
                onAction: () => onOpen("archive-meter", meter.id),
              },
        ]),
  ];
  return (
    <DataTable
      label="Meters"
      columns={columns}
      rows={meters}
      rowId={({ id }) => id}
      rowLabel={({ title }) => title}
      rowActions={mayWrite ? actions : undefined}
      {...frame}
    />
  );
}

const columns: Column<Meter>[] = [
  {
    id: "title",
    header: "Meter",
    cell: ({ title, is_system, archived_at }) => (
      <span className="flex flex-wrap items-center gap-1.5">
        <span className="break-words">{title}</span>
        {is_system ? <Badge>Built in</Badge> : null}
        {archived_at ? <Badge tone="warning">Archived</Badge> : null}
      </span>
    ),
  },
  {
    id: "name",
    header: "Name",
    cell: ({ name }) => (
      <span className="font-mono text-xs break-all text-ink-muted">{name}</span>
    ),
  },
  {
    id: "counts",
    header: "What it counts",
    cell: (meter) => <span className="text-xs">{meterWords(meter)}</span>,
  },
  { id: "unit", header: "Unit", cell: ({ unit }) => unit || "–" },
  {
    id: "created",
    header: "Created",
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="meter id" />,
  },
];
