"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { QueryProvider } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { PasswordField } from "@/ui/forms/password-field";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { tenantsApi, type AdoptInput } from "../contract";
import { CustomerChoice } from "./customer-choice";
import { SubdomainField } from "./subdomain-field";
import {
  emptyTenant,
  tenantLabels,
  toAdoptBody,
  type TenantValues,
} from "./tenant-values";

export type AdoptTenantDialogProps = {
  /** Whose it will be; chosen in the dialog when null. */
  customer: { id: string; name: string } | null;
  onClose: () => void;
};

/** Takes over an instance that exists, and shows how that goes. */
export default function AdoptTenantDialog(props: AdoptTenantDialogProps) {
  return (
    <QueryProvider>
      <AdoptForm {...props} />
    </QueryProvider>
  );
}

function AdoptForm({ customer, onClose }: AdoptTenantDialogProps) {
  const router = useRouter();
  const form = useContractForm<TenantValues, AdoptInput>({
    schema: tenantsApi.adopt.body,
    defaultValues: { ...emptyTenant, customer_id: customer?.id ?? null },
    labels: tenantLabels,
    toBody: toAdoptBody,
    send: async (body) => {
      const { id } = await call(tenantsApi.adopt, { body });
      router.push(`/tenants/${id}`);
    },
  });
  const { control } = form;
  return (
    <FormDialog
      form={form}
      title={
        customer ? `Adopt a tenant for ${customer.name}` : "Adopt a tenant"
      }
      description="An instance that exists already: nothing in it is changed, and from then on it is backed up, measured and billed as others are."
      submitLabel="Adopt tenant"
      failure="The tenant was not adopted"
      onClose={onClose}
    >
      {customer ? null : <CustomerChoice control={control} />}
      <TextField
        label={tenantLabels.ref}
        isRequired
        mono
        autoComplete="off"
        spellCheck="false"
        description="What it is known by where it is kept."
        {...useFormField(control, "ref")}
      />
      <SubdomainField control={control} />
      <TextField
        label={tenantLabels.name}
        isOptional
        autoComplete="off"
        description="Empty: as the subdomain."
        {...useFormField(control, "name")}
      />
      <TextField
        label={tenantLabels.admin_email}
        isRequired
        type="email"
        autoComplete="off"
        {...useFormField(control, "admin_email")}
      />
      <PasswordField
        label={tenantLabels.admin_password}
        isOptional
        autoComplete="off"
        description="Odoo needs it, to read modules, users and logs. It is kept sealed."
        {...useFormField(control, "admin_password")}
      />
    </FormDialog>
  );
}
