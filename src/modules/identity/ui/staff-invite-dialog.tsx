"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import type { StaffRole } from "@/shared/permissions";
import { RadioGroup } from "@/ui/forms/radio-group";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { staffApi, type StaffInvitationInput } from "../contract/staff";
import { roleOptions } from "./roles";

export type StaffInviteDialogProps = {
  /** The roles that the viewer may give. */
  roles: readonly StaffRole[];
  onClose: () => void;
  onInvited: (email: string) => Promise<void>;
};

type Values = { email: string; full_name: string; role: string };

const labels = { email: "Email", full_name: "Name", role: "Role" };

/** Invites a person to the team. */
export function StaffInviteDialog({
  roles,
  onClose,
  onInvited,
}: StaffInviteDialogProps) {
  const form = useContractForm<Values, StaffInvitationInput>({
    schema: staffApi.invite.body,
    defaultValues: { email: "", full_name: "", role: "" },
    labels,
    toBody: ({ email, full_name, role }) => ({
      email: email || undefined,
      role: role || undefined,
      ...(full_name.trim() && { full_name }),
    }),
    send: async (body) => {
      const { email } = await call(staffApi.invite, { body });
      await onInvited(email);
    },
  });
  const { inputRef: _, ...role } = useFormField(form.control, "role");
  return (
    <FormDialog
      form={form}
      title="Invite a person"
      description="They get a link by mail that works for a week, and choose their own password."
      submitLabel="Send invitation"
      failure="The invitation was not sent"
      onClose={onClose}
    >
      <TextField
        label={labels.email}
        type="email"
        autoFocus
        autoComplete="off"
        isRequired
        {...useFormField(form.control, "email")}
      />
      <TextField
        label={labels.full_name}
        isOptional
        autoComplete="off"
        description="They can change it."
        {...useFormField(form.control, "full_name")}
      />
      <RadioGroup
        label={labels.role}
        isRequired
        look="cards"
        options={roleOptions(roles)}
        {...role}
      />
    </FormDialog>
  );
}
