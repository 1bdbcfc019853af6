"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import type * as z from "zod";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { roleName } from "@/ui/format/role-name";
import { customerRoles } from "@/shared/permissions";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
import { MemberInvitation, membersApi } from "../contract/people";

const labels = { email: "Email", role: "Role" };
const roles = customerRoles.map((role) => ({
  id: role,
  label: roleName(role),
}));

export type InvitePersonDialogProps = {
  customerId: string;
  onClose: () => void;
};

/** Invites a person to a customer by mail. */
export function InvitePersonDialog({
  customerId,
  onClose,
}: InvitePersonDialogProps) {
  const id = useId();
  const router = useRouter();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
    { email: string; role: string },
    z.output<typeof MemberInvitation>
  >({
    schema: MemberInvitation,
    defaultValues: { email: "", role: "member" },
    labels,
    toBody: (values) => values,
    send: async (body) => {
      await call(membersApi.invite, {
        params: { customer_id: customerId },
        body,
      });
      toast.success(`An invitation is on its way to ${body.email}`);
      onClose();
      router.refresh();
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Invite a person"
      description="A link comes by mail and works for a week."
      size="sm"
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
            Invite
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label="Invite a person">
        <ErrorSummary {...summary} title="Nobody was invited" />
        <TextField
          label={labels.email}
          type="email"
          autoFocus
          autoComplete="off"
          isRequired
          {...useFormField(control, "email")}
        />
        <Select
          label={labels.role}
          options={roles}
          description="Owners may do everything, billing sees to money, members work with keys and usage."
          {...useFormField(control, "role")}
        />
      </Form>
    </Dialog>
  );
}
