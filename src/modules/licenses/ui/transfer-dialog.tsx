"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { customersApi } from "@/modules/customers/contract";
import { toast } from "@/ui/display/toaster";
import { Combobox } from "@/ui/forms/combobox";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { licensesApi } from "../contract";
import type { LicenseDialogProps } from "./license-dialogs";

type Values = { customer_id: string | null };

const labels = { customer_id: "New customer" };

/** Gives a license to another customer. */
export function TransferDialog({
  license,
  onClose,
  onDone,
}: LicenseDialogProps) {
  const form = useContractForm<Values, { customer_id: string }>({
    schema: licensesApi.transfer.body,
    defaultValues: { customer_id: null },
    labels,
    toBody: ({ customer_id }) => ({ customer_id: customer_id ?? undefined }),
    send: async (body) => {
      const params = { license_id: license.id };
      const given = await call(
        licensesApi.transfer,
        { params, body },
        { ifMatch: license },
      );
      await onDone();
      toast.success(`${license.name} is ${given.customer_name}’s now`);
    },
  });
  const [search, setSearch] = useState("");
  const { data, isFetching } = useRead(
    customersApi.list,
    { query: { search, per_page: 8 } },
    { keepPrevious: true },
  );
  const others = (data?.items ?? []).filter(
    ({ id }) => id !== license.customer_id,
  );
  return (
    <FormDialog
      form={form}
      title={`Transfer ${license.name}`}
      description={`From ${license.customer_name}. The key stays; it is freed wherever it is used, and is no longer part of a subscription.`}
      size="sm"
      submitLabel="Transfer license"
      failure="The license was not transferred"
      onClose={onClose}
    >
      <Combobox
        label={labels.customer_id}
        isRequired
        placeholder="Name or email of a customer"
        inputValue={search}
        onInputChange={setSearch}
        isLoading={isFetching}
        emptyText="No other customer matches"
        options={others.map(({ id, name, email }) => ({
          id,
          label: name,
          description: email,
        }))}
        {...useFormField(form.control, "customer_id")}
      />
    </FormDialog>
  );
}
