"use client";

import { BookOpen, KeyRound, LayoutDashboard, Users } from "lucide-react";
import type { ReactNode } from "react";
import { closeSession } from "@/modules/identity/ui/session";
import { AdminShell } from "@/ui/shell/admin-shell";
import { Search } from "./search";

const sections = [
  {
    items: [
      { label: "Overview", href: "/", icon: <LayoutDashboard /> },
      { label: "Customers", href: "/customers", icon: <Users /> },
      { label: "Keys", href: "/keys", icon: <KeyRound /> },
    ],
  },
  {
    label: "Developers",
    items: [{ label: "API docs", href: "/docs", icon: <BookOpen /> }],
  },
];

export type AdminFrameProps = {
  name: string;
  email: string;
  role: string;
  /** Whether the palette offers to add a customer. */
  mayAddCustomers: boolean;
  children: ReactNode;
};

/** Navigation, search and account round every page of the dashboard. */
export function AdminFrame({
  children,
  mayAddCustomers,
  ...account
}: AdminFrameProps) {
  return (
    <AdminShell
      brand={{ name: "Tollkeeper", href: "/" }}
      sections={sections}
      account={{
        account,
        items: [{ id: "account", label: "Your account", href: "/account" }],
        onSignOut: () => void closeSession(),
      }}
      search={<Search mayAddCustomers={mayAddCustomers} />}
    >
      {children}
    </AdminShell>
  );
}
