"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Control } from "react-hook-form";
import { call } from "@/client/call";
import { QueryProvider, useRead } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { customersApi } from "@/modules/customers/contract";
import { Combobox } from "@/ui/forms/combobox";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { tenantsApi, type TenantInput } from "../contract";
import { SubdomainField } from "./subdomain-field";
import { tenantLabels, toTenantBody, type TenantValues } from "./tenant-values";

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
    defaultValues: {
      ...{ customer_id: customer?.id ?? null, subdomain: "" },
      ...{ name: "", admin_email: "" },
    },
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

function CustomerChoice({ control }: { control: Control<TenantValues> }) {
  const [search, setSearch] = useState("");
  const field = useFormField(control, "customer_id");
  const { data, isFetching } = useRead(
    customersApi.list,
    { query: { search, per_page: 8 } },
    { keepPrevious: true },
  );
  return (
    <Combobox
      label={tenantLabels.customer_id}
      isRequired
      placeholder="Name or email of a customer"
      inputValue={search}
      onInputChange={setSearch}
      isLoading={isFetching}
      emptyText="No customer matches"
      options={(data?.items ?? []).map(({ id, name, email }) => ({
        id,
        label: name,
        description: email,
      }))}
      {...field}
    />
  );
}
