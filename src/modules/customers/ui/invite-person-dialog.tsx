"use client";

import type * as z from "zod";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useDone } from "@/client/use-done";
import { roleName } from "@/ui/format/role-name";
import { customerRoles } from "@/shared/permissions";
import { toast } from "@/ui/display/toaster";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { MemberInvitation, membersApi } from "../contract/people";

const labels = { email: "Email", role: "Role" };
const roles = customerRoles.map((role) => ({
  id: role,
  label: roleName(role),
}));

export type InvitePersonDialogProps = {
  customerId: string;
  onClose: () => Promise<void>;
};

/** Invites a person to a customer by mail. */
export default function InvitePersonDialog({
  customerId,
  onClose,
}: InvitePersonDialogProps) {
  const done = useDone();
  const form = useContractForm<
    { email: string; role: string },
    z.output<typeof MemberInvitation>
  >({
    schema: MemberInvitation,
    defaultValues: { email: "", role: "member" },
    labels,
    toBody: ({ email, role }) => ({ email: email || undefined, role }),
    send: async (body) => {
      await call(membersApi.invite, {
        params: { customer_id: customerId },
        body,
      });
      await done();
      toast.success(`An invitation is on its way to ${body.email}`);
    },
  });
  return (
    <FormDialog
      form={form}
      title="Invite a person"
      description="A link comes by mail and works for a week."
      size="sm"
      submitLabel="Invite"
      failure="Nobody was invited"
      onClose={() => void onClose()}
    >
      <TextField
        label={labels.email}
        type="email"
        autoFocus
        autoComplete="off"
        isRequired
        {...useFormField(form.control, "email")}
      />
      <Select
        label={labels.role}
        options={roles}
        description="Owners may do everything, billing sees to money, members work with keys and usage."
        {...useFormField(form.control, "role")}
      />
    </FormDialog>
  );
}
