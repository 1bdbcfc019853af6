"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useDone } from "@/client/use-done";
import { useSeen } from "@/client/use-seen";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { tenantsApi, type Tenant, type TenantPatch } from "../contract";
import { addressText } from "./tenant-words";

const labels = { name: "Name" };

/** Changes what a tenant is called; its address stays. */
export function EditTenantDialog({
  tenant,
  onClose,
}: {
  tenant: Tenant;
  onClose: () => void;
}) {
  const done = useDone();
  const params = { tenant_id: tenant.id };
  const { opened, change } = useSeen(tenant, {
    reread: () => call(tenantsApi.get, { params }),
    differing: (seen, now) => (seen.name === now.name ? [] : [labels.name]),
  });
  const form = useContractForm<{ name: string }, TenantPatch>({
    schema: tenantsApi.update.body,
    defaultValues: { name: opened.name },
    labels,
    toBody: ({ name }) => ({ name: name.trim() }),
    send: async (body) => {
      const { name } = await change((ifMatch) =>
        call(tenantsApi.update, { params, body }, { ifMatch }),
      );
      await done();
      toast.success(`${name} saved`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Edit ${opened.name}`}
      description={`At ${addressText(opened)}. The address stays: what links to it would break.`}
      submitLabel="Save changes"
      failure="The tenant was not changed"
      onClose={onClose}
    >
      <TextField
        label={labels.name}
        isRequired
        autoFocus
        autoComplete="off"
        maxLength={120}
        {...useFormField(form.control, "name")}
      />
    </FormDialog>
  );
}
