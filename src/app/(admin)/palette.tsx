"use client";

import { LifeBuoy, User } from "lucide-react";
import { useMemo } from "react";
import { ApiError, call } from "@/client/call";
import { customersApi, type Customer } from "@/modules/customers/contract";
import { supportApi } from "@/modules/support/contract";
import type { Permission } from "@/shared/permissions";
import {
  CommandPalette,
  type Command,
  type CommandPaletteProps,
} from "@/ui/overlays/command-palette";
import { commandsFor } from "./commands";

export type PaletteProps = Pick<
  CommandPaletteProps,
  "isOpen" | "onOpenChange"
> & { permissions: readonly Permission[] };

/** Pages, actions and, as one types, customers and tickets. */
export default function Palette({ permissions, ...state }: PaletteProps) {
  const items = useMemo(() => commandsFor(permissions), [permissions]);
  return (
    <CommandPalette
      {...state}
      items={items}
      onSearch={find}
      placeholder="Find a customer, a ticket by #number, or go to a page"
    />
  );
}

async function find(search: string, signal: AbortSignal): Promise<Command[]> {
  return /^(#\d+|tkt_)/.test(search)
    ? findTickets(search, signal)
    : findCustomers(search, signal);
}

async function findTickets(
  search: string,
  signal: AbortSignal,
): Promise<Command[]> {
  const found = await unlessMissing(async () => {
    if (search.startsWith("tkt_")) {
      const params = { ticket_id: search };
      return [await call(supportApi.get, { params }, { signal })];
    }
    const query = { search, per_page: 6 };
    return (await call(supportApi.list, { query }, { signal })).items;
  });
  return found.map(({ id, number, subject, customer_name }) => ({
    id,
    label: `#${number} ${subject}`,
    hint: customer_name,
    group: "Tickets",
    href: `/tickets/${id}`,
    icon: <LifeBuoy />,
  }));
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
  return unlessMissing(async () => {
    const params = { customer_id: search };
    return [await call(customersApi.get, { params }, { signal })];
  });
}

// What there is not, and what the viewer's role may not see, is not found.
async function unlessMissing<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status))
      return [];
    throw error;
  }
}
