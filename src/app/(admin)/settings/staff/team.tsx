"use client";

import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { StaffInvitation, StaffMember } from "@/modules/identity/contract";
import { StaffInvitations } from "@/modules/identity/ui/staff-invitations";
import { StaffTable } from "@/modules/identity/ui/staff-table";
import type { StaffRole } from "@/shared/permissions";
import { Button } from "@/ui/controls/button";

const StaffDialogs = dynamic(() => import("./dialogs"), { ssr: false });

export type TeamProps = {
  members: readonly StaffMember[];
  invitations: readonly StaffInvitation[];
  /** The roles that the viewer may give and change; none for who may only look. */
  roles: readonly StaffRole[];
  viewerId: string;
};

/** The team with what can be done to it; the open dialog lives in the URL. */
export function Team(props: TeamProps) {
  const { members, invitations, roles, viewerId } = props;
  const { show, open } = useDialogUrl();
  const mayChange = ({ role }: { role: StaffRole }) => roles.includes(role);
  return (
    <>
      <StaffTable
        members={members}
        mayChange={mayChange}
        viewerId={viewerId}
        onOpen={(dialog, id) => void open(dialog, { id })}
      />
      {invitations.length > 0 ? (
        <section
          aria-labelledby="invitations"
          className="flex min-w-0 flex-col gap-3"
        >
          <h2 id="invitations" className="text-lg font-semibold">
            Open invitations
          </h2>
          <StaffInvitations
            invitations={invitations}
            mayChange={mayChange}
            onRevoke={(id) => void open("revoke-invitation", { id })}
          />
        </section>
      ) : null}
      {show && roles.length > 0 ? <StaffDialogs {...props} /> : null}
    </>
  );
}

/** Opens the dialog that invites. */
export function InvitePerson() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<UserPlus />}
      onPress={() => void open("invite")}
    >
      Invite person
    </Button>
  );
}
