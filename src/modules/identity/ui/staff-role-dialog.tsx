"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import type { StaffRole } from "@/shared/permissions";
import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { staffApi, type StaffMember, type StaffPatch } from "../contract/staff";
import { roleOptions } from "./roles";

export type StaffRoleDialogProps = {
  member: StaffMember;
  /** The roles that the viewer may give. */
  roles: readonly StaffRole[];
  onClose: () => void;
  onChanged: (member: StaffMember) => Promise<void>;
};

type Values = { role: string };

/** Gives a person another role. */
export function StaffRoleDialog({
  member,
  roles,
  onClose,
  onChanged,
}: StaffRoleDialogProps) {
  const form = useContractForm<Values, StaffPatch>({
    schema: staffApi.update.body,
    defaultValues: { role: member.role },
    labels: { role: "Role" },
    toBody: ({ role }) => ({ role }),
    send: async (body) => {
      const params = { user_id: member.id };
      await onChanged(await call(staffApi.update, { params, body }));
    },
  });
  const { inputRef: _, ...role } = useFormField(form.control, "role");
  return (
    <FormDialog
      form={form}
      title={`Role of ${member.full_name}`}
      description="It counts from the person’s next request on."
      submitLabel="Change role"
      failure="The role was not changed"
      onClose={onClose}
    >
      <RadioGroup
        label="Role"
        look="cards"
        options={roleOptions(roles)}
        {...role}
      />
    </FormDialog>
  );
}
