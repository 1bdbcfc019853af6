"use client";

import { useId } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import type { StaffRole } from "@/shared/permissions";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
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
  const id = useId();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
    Values,
    StaffPatch
  >({
    schema: staffApi.update.body,
    defaultValues: { role: member.role },
    labels: { role: "Role" },
    toBody: ({ role }) => ({ role }),
    send: async (body) => {
      const params = { user_id: member.id };
      await onChanged(await call(staffApi.update, { params, body }));
    },
  });
  const { inputRef: _, ...role } = useFormField(control, "role");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Role of ${member.full_name}`}
      description="It counts from the person’s next request on."
      isDirty={isDirty}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            isPending={isPending}
          >
            Change role
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label="Change role">
        <ErrorSummary {...summary} title="The role was not changed" />
        <RadioGroup
          label="Role"
          look="cards"
          options={roleOptions(roles)}
          {...role}
        />
      </Form>
    </Dialog>
  );
}
