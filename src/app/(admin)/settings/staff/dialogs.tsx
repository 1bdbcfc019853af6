"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { roleName } from "@/ui/format/role-name";
import {
  DeactivateDialog,
  ReactivateDialog,
  RevokeInvitationDialog,
} from "@/modules/identity/ui/staff-confirm-dialogs";
import { StaffInviteDialog } from "@/modules/identity/ui/staff-invite-dialog";
import { StaffRoleDialog } from "@/modules/identity/ui/staff-role-dialog";
import { toast } from "@/ui/display/toaster";
import type { TeamProps } from "./team";

/** The dialogs of the page: `?show=invite`, and those about one person or invitation by `&id=`. */
export default function StaffDialogs(props: TeamProps) {
  const { roles, viewerId } = props;
  const { show, id, close } = useDialogUrl();
  const renew = useDone();
  const onClose = () => void close();
  async function done(news: string) {
    await renew();
    toast.success(news);
  }
  if (show === "invite")
    return (
      <StaffInviteDialog
        {...{ roles, onClose }}
        onInvited={(email) => done(`Invitation mailed to ${email}`)}
      />
    );
  const mine = <T extends { id: string; role: TeamProps["roles"][number] }>(
    some: readonly T[],
  ) => some.find((one) => one.id === id && roles.includes(one.role));
  const invitation = mine(props.invitations);
  if (show === "revoke-invitation" && invitation)
    return (
      <RevokeInvitationDialog
        {...{ invitation, onClose }}
        onDone={() => done(`Invitation of ${invitation.email} revoked`)}
      />
    );
  const member = mine(props.members);
  if (!member) return null;
  const { full_name: name, is_disabled } = member;
  if (show === "change-role" && !is_disabled)
    return (
      <StaffRoleDialog
        {...{ member, roles, onClose }}
        onChanged={({ role }) => done(`${name} is ${roleName(role)} now`)}
      />
    );
  if (show === "deactivate" && !is_disabled && member.id !== viewerId)
    return (
      <DeactivateDialog
        {...{ member, onClose }}
        onDone={() => done(`${name} deactivated`)}
      />
    );
  if (show === "reactivate" && is_disabled)
    return (
      <ReactivateDialog
        {...{ member, onClose }}
        onDone={() => done(`${name} reactivated`)}
      />
    );
  return null;
}
