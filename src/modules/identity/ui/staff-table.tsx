"use client";

import {
  ShieldCheck,
  ShieldOff,
  UserCheck,
  UserCog,
  UserX,
} from "lucide-react";
import { Badge } from "@/ui/display/badge";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { MenuEntry } from "@/ui/overlays/menu";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import type { StaffMember } from "../contract/staff";
import { roleName } from "@/ui/format/role-name";

export type StaffDialog = "change-role" | "deactivate" | "reactivate";

export type StaffTableProps = {
  members: readonly StaffMember[];
  /** Whom the viewer may change; none for who may only look. */
  mayChange: (member: StaffMember) => boolean;
  viewerId: string;
  onOpen: (dialog: StaffDialog, id: string) => void;
};

/** The people of the team. */
export function StaffTable({
  members,
  mayChange,
  viewerId,
  onOpen,
}: StaffTableProps) {
  return (
    <DataTable
      label="Staff"
      columns={columns}
      rows={members}
      rowId={({ id }) => id}
      rowLabel={({ full_name }) => full_name}
      rowActions={
        members.some(mayChange)
          ? (member) =>
              mayChange(member) ? actionsOf(member, viewerId, onOpen) : []
          : undefined
      }
    />
  );
}

const columns: Column<StaffMember>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ full_name }) => <span className="break-words">{full_name}</span>,
  },
  {
    id: "email",
    header: "Email",
    cell: ({ email }) => <span className="break-all">{email}</span>,
  },
  { id: "role", header: "Role", cell: ({ role }) => roleName(role) },
  {
    id: "status",
    header: "Status",
    cell: ({ is_disabled }) => (
      <StatusBadge
        status={is_disabled ? "disabled" : "active"}
        label={is_disabled ? "Deactivated" : "Active"}
      />
    ),
  },
  {
    id: "two_factor",
    header: "Two-factor",
    cell: ({ has_two_factor }) =>
      has_two_factor ? (
        <Badge tone="success" icon={<ShieldCheck aria-hidden />}>
          On
        </Badge>
      ) : (
        <Badge icon={<ShieldOff aria-hidden />}>Off</Badge>
      ),
  },
  {
    id: "last_sign_in",
    header: "Last sign-in",
    cell: ({ last_sign_in_at }) => (
      <Time value={last_sign_in_at} format="relative" empty="Never" />
    ),
  },
  {
    id: "created",
    header: "Joined",
    isHidden: true,
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="user id" />,
  },
];

function actionsOf(
  { id, is_disabled }: StaffMember,
  viewerId: string,
  onOpen: StaffTableProps["onOpen"],
): MenuEntry[] {
  if (is_disabled)
    return [
      {
        id: "reactivate",
        label: "Reactivate…",
        icon: <UserCheck />,
        onAction: () => onOpen("reactivate", id),
      },
    ];
  return [
    {
      id: "role",
      label: "Change role…",
      icon: <UserCog />,
      onAction: () => onOpen("change-role", id),
    },
    ...(id === viewerId
      ? []
      : [
          {
            id: "deactivate",
            label: "Deactivate…",
            icon: <UserX />,
            tone: "danger" as const,
            onAction: () => onOpen("deactivate", id),
          },
        ]),
  ];
}
