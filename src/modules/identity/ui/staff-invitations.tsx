"use client";

import { MailX, Send } from "lucide-react";
import { useAct } from "@/client/use-act";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { MenuEntry } from "@/ui/overlays/menu";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import { roleName } from "@/ui/format/role-name";
import type { StaffInvitation } from "../contract/staff";

export type StaffInvitationsProps = {
  invitations: readonly StaffInvitation[];
  mayChange: (invitation: StaffInvitation) => boolean;
  onRevoke: (id: string) => void;
};

/** Who was invited to the team and has not come yet. */
export function StaffInvitations({
  invitations,
  mayChange,
  onRevoke,
}: StaffInvitationsProps) {
  const { act } = useAct();
  const resend = ({ id, email }: StaffInvitation) =>
    act(
      async () => {
        // The contract comes with the first press, not with the page.
        const { resendInvitation } = await import("./resend-invitation");
        await resendInvitation(id);
      },
      {
        done: `Invitation mailed to ${email} again`,
        failed: `The invitation was not mailed to ${email}`,
      },
    );
  const actions = (invitation: StaffInvitation): MenuEntry[] => [
    {
      id: "resend",
      label: "Resend",
      icon: <Send />,
      onAction: () => void resend(invitation),
    },
    {
      id: "revoke",
      label: "Revoke…",
      icon: <MailX />,
      tone: "danger",
      onAction: () => onRevoke(invitation.id),
    },
  ];
  return (
    <DataTable
      label="Open invitations"
      columns={columns}
      rows={invitations}
      rowId={({ id }) => id}
      rowLabel={({ email }) => email}
      rowActions={
        invitations.some(mayChange)
          ? (invitation) => (mayChange(invitation) ? actions(invitation) : [])
          : undefined
      }
    />
  );
}

const columns: Column<StaffInvitation>[] = [
  {
    id: "email",
    header: "Email",
    cell: ({ email }) => <span className="break-all">{email}</span>,
  },
  { id: "role", header: "Role", cell: ({ role }) => roleName(role) },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "invited_by",
    header: "Invited by",
    cell: ({ invited_by }) =>
      invited_by ?? <span className="text-ink-faint">The command line</span>,
  },
  {
    id: "expires",
    header: "Link works until",
    cell: ({ expires_at }) => <Time value={expires_at} />,
  },
];
