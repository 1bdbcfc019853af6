"use client";

import { useState } from "react";
import type { Control } from "react-hook-form";
import { useRead } from "@/client/query";
import { customersApi } from "@/modules/customers/contract";
import { Combobox } from "@/ui/forms/combobox";
import { useFormField } from "@/ui/forms/use-form-field";
import { tenantLabels, type TenantValues } from "./tenant-values";

/** Whose a tenant is to be. */
export function CustomerChoice({
  control,
}: {
  control: Control<TenantValues>;
}) {
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
