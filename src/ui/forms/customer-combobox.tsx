"use client";

import { useState } from "react";
import { useRead } from "@/client/query";
import { customersApi, type Customer } from "@/modules/customers/contract";
import { Combobox, type ComboboxProps } from "./combobox";

export type CustomerComboboxProps = Omit<
  ComboboxProps,
  "options" | "inputValue" | "onInputChange" | "isLoading" | "onChange"
> & {
  /** The id of the customer chosen, and who it is. */
  onChange: (id: string | null, customer: Customer | null) => void;
  /** Not offered. */
  except?: string;
};

/** A customer, found by typing; the server searches. */
export function CustomerCombobox({
  onChange,
  except,
  ...props
}: CustomerComboboxProps) {
  const [search, setSearch] = useState("");
  const { data, isFetching } = useRead(
    customersApi.list,
    { query: { search, per_page: 8 } },
    { keepPrevious: true },
  );
  const found = (data?.items ?? []).filter(({ id }) => id !== except);
  return (
    <Combobox
      placeholder="Name or email of a customer"
      emptyText="No customer matches"
      {...props}
      inputValue={search}
      onInputChange={setSearch}
      isLoading={isFetching}
      options={found.map(({ id, name, email }) => ({
        id,
        label: name,
        description: email,
      }))}
      onChange={(id) => {
        const chosen = found.find((one) => one.id === id) ?? null;
        if (chosen) setSearch(chosen.name);
        onChange(id, chosen);
      }}
    />
  );
}
