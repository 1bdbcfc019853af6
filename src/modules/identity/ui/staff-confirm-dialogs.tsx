"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import {
  staffApi,
  type StaffInvitation,
  type StaffMember,
} from "../contract/staff";

type Done = { onClose: () => void; onDone: () => Promise<void> };

/** Ends a person's access; their name must be typed. */
export function DeactivateDialog({
  member,
  onClose,
  onDone,
}: Done & { member: StaffMember }) {
  const confirm = useConfirm(async () => {
    await call(staffApi.deactivate, { params: { user_id: member.id } });
    await onDone();
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Deactivate ${member.full_name}?`}
      description={member.email}
      consequences={[
        "Every session of theirs ends with this, on all devices.",
        "They cannot sign in any more, until somebody reactivates them.",
        "What they did stays in the audit log. Service tokens that they issued go on working.",
      ]}
      typeToConfirm={member.full_name}
      confirmLabel="Deactivate"
      {...confirm}
    />
  );
}

/** Gives a person who was deactivated their access back. */
export function ReactivateDialog({
  member,
  onClose,
  onDone,
}: Done & { member: StaffMember }) {
  const confirm = useConfirm(async () => {
    const params = { user_id: member.id };
    await call(staffApi.update, { params, body: { is_disabled: false } });
    await onDone();
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      tone="primary"
      title={`Reactivate ${member.full_name}?`}
      description={member.email}
      consequences={[
        `They can sign in again, with the role ${member.role} that they had.`,
        "They sign in anew: no session of before comes back.",
      ]}
      confirmLabel="Reactivate"
      {...confirm}
    />
  );
}

/** Takes an invitation back. */
export function RevokeInvitationDialog({
  invitation,
  onClose,
  onDone,
}: Done & { invitation: StaffInvitation }) {
  const confirm = useConfirm(async () => {
    const params = { invitation_id: invitation.id };
    await call(staffApi.revokeInvitation, { params });
    await onDone();
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Revoke the invitation of ${invitation.email}?`}
      consequences={[
        "The link in the mail stops working.",
        "You can invite the address again later.",
      ]}
      confirmLabel="Revoke invitation"
      {...confirm}
    />
  );
}
