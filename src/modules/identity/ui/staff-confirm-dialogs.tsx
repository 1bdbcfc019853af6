"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
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
  const { send, ...state } = useSending(async () => {
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
      onConfirm={send}
      {...state}
    />
  );
}

/** Gives a person who was deactivated their access back. */
export function ReactivateDialog({
  member,
  onClose,
  onDone,
}: Done & { member: StaffMember }) {
  const { send, ...state } = useSending(async () => {
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
      onConfirm={send}
      {...state}
    />
  );
}

/** Takes an invitation back. */
export function RevokeInvitationDialog({
  invitation,
  onClose,
  onDone,
}: Done & { invitation: StaffInvitation }) {
  const { send, ...state } = useSending(async () => {
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
      onConfirm={send}
      {...state}
    />
  );
}

function useSending(work: () => Promise<void>) {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  async function run() {
    setPending(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(failureOf(thrown).message);
      setPending(false);
    }
  }
  return { send: () => void run(), isPending, error };
}
