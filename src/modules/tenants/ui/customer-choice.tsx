"use client";

import type { Control } from "react-hook-form";
import { CustomerCombobox } from "@/ui/forms/customer-combobox";
import { useFormField } from "@/ui/forms/use-form-field";
import { tenantLabels, type TenantValues } from "./tenant-values";

/** Whose a tenant is to be. */
export function CustomerChoice({
  control,
}: {
  control: Control<TenantValues>;
}) {
  return (
    <CustomerCombobox
      label={tenantLabels.customer_id}
      isRequired
      {...useFormField(control, "customer_id")}
    />
  );
}
