"use client";

import {
  BookOpen,
  KeyRound,
  LayoutDashboard,
  Settings,
  Users,
} from "lucide-react";
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
  {
    label: "Settings",
    items: [{ label: "Settings", href: "/settings", icon: <Settings /> }],
  },
];

export type AdminFrameProps = {
  name: string;
  email: string;
  role: string;
  /** Whether the palette offers to add a customer. */
  mayAddCustomers: boolean;
  /** Icons at the right of the top bar. */
  tools: ReactNode;
  children: ReactNode;
};

/** Navigation, search and account round every page of the dashboard. */
export function AdminFrame({
  children,
  mayAddCustomers,
  tools,
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
      tools={tools}
      search={<Search mayAddCustomers={mayAddCustomers} />}
    >
      {children}
    </AdminShell>
  );
}
