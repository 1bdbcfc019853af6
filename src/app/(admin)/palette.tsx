"use client";

import { User } from "lucide-react";
import { ApiError, call } from "@/client/call";
import { customersApi, type Customer } from "@/modules/customers/contract";
import {
  CommandPalette,
  type Command,
  type CommandPaletteProps,
} from "@/ui/overlays/command-palette";

/** Pages, actions and, as one types, customers. */
export default function Palette(props: Omit<CommandPaletteProps, "onSearch">) {
  return (
    <CommandPalette
      {...props}
      onSearch={findCustomers}
      placeholder="Find a customer, or go to a page"
    />
  );
}

async function findCustomers(
  search: string,
  signal: AbortSignal,
): Promise<Command[]> {
  const found = await customersFor(search, signal);
  return found.map(({ id, name, email }) => ({
    id,
    label: name,
    hint: email,
    group: "Customers",
    href: `/customers/${id}`,
    icon: <User />,
  }));
}

async function customersFor(
  search: string,
  signal: AbortSignal,
): Promise<Customer[]> {
  if (!search.startsWith("cus_")) {
    const query = { search, per_page: 6 };
    return (await call(customersApi.list, { query }, { signal })).items;
  }
  try {
    const params = { customer_id: search };
    return [await call(customersApi.get, { params }, { signal })];
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}
