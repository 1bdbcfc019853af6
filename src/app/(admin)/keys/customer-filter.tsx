"use client";

import { useState } from "react";
import { useRead } from "@/client/query";
import { customersApi } from "@/modules/customers/contract";
import { Combobox } from "@/ui/forms/combobox";

/** Narrows a list to one customer, found by typing. */
export function CustomerFilter({
  onChange,
}: {
  onChange: (customerId: string) => void;
}) {
  const [search, setSearch] = useState("");
  const { data, isFetching } = useRead(
    customersApi.list,
    { query: { search, per_page: 8 } },
    { keepPrevious: true },
  );
  return (
    <Combobox
      label="Customer"
      hideLabel
      placeholder="All customers"
      className="w-full sm:w-64"
      inputValue={search}
      onInputChange={setSearch}
      isLoading={isFetching}
      emptyText="No customer matches"
      options={(data?.items ?? []).map(({ id, name, email }) => ({
        id,
        label: name,
        description: email,
      }))}
      onChange={(id) => id && onChange(id)}
    />
  );
}
