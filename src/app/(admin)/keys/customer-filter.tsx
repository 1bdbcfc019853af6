"use client";

import { useState } from "react";
import { QueryProvider, useRead } from "@/client/query";
import { customersApi } from "@/modules/customers/contract";
import { Combobox } from "@/ui/forms/combobox";

export type CustomerFilterProps = {
  onChange: (customerId: string) => void;
  /** The person went elsewhere without a choice. */
  onLeave: () => void;
};

/** Narrows a list to one customer, found by typing. */
export default function CustomerFilter(props: CustomerFilterProps) {
  return (
    <QueryProvider>
      <Choice {...props} />
    </QueryProvider>
  );
}

// It appears because somebody asked for it.
const focus = (input: HTMLInputElement | null) => input?.focus();

function Choice({ onChange, onLeave }: CustomerFilterProps) {
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
      placeholder="Name or email of a customer"
      className="w-full sm:w-64"
      inputRef={focus}
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
      onBlur={onLeave}
    />
  );
}
