"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { QueryProvider } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { tenantsApi, type TenantInput } from "../contract";
import { CustomerChoice } from "./customer-choice";
import { SubdomainField } from "./subdomain-field";
import {
  emptyTenant,
  tenantLabels,
  toTenantBody,
  type TenantValues,
} from "./tenant-values";

export type CreateTenantDialogProps = {
  /** Whose it will be; chosen in the dialog when null. */
  customer: { id: string; name: string } | null;
  /** Where its page is: "/tenants" or "/portal/tenants". */
  under: string;
  onClose: () => void;
};

/** Asks where a new tenant is to be, then shows how it is made. */
export default function CreateTenantDialog(props: CreateTenantDialogProps) {
  return (
    <QueryProvider>
      <CreateForm {...props} />
    </QueryProvider>
  );
}

function CreateForm({ customer, under, onClose }: CreateTenantDialogProps) {
  const router = useRouter();
  const form = useContractForm<TenantValues, TenantInput>({
    schema: tenantsApi.create.body,
    defaultValues: { ...emptyTenant, customer_id: customer?.id ?? null },
    labels: tenantLabels,
    toBody: toTenantBody,
    send: async (body) => {
      const { id } = await call(tenantsApi.create, { body });
      router.push(`${under}/${id}`);
    },
  });
  const { control } = form;
  return (
    <FormDialog
      form={form}
      title={
        customer && under === "/tenants"
          ? `Create a tenant for ${customer.name}`
          : "Create a tenant"
      }
      description="It is ready within seconds or minutes; you see each step."
      submitLabel="Create tenant"
      failure="The tenant was not created"
      onClose={onClose}
    >
      {customer ? null : <CustomerChoice control={control} />}
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
        isOptional
        type="email"
        autoComplete="off"
        description={
          under === "/tenants"
            ? "Empty: the customer’s."
            : "Empty: the email of your company."
        }
        {...useFormField(control, "admin_email")}
      />
    </FormDialog>
  );
}
