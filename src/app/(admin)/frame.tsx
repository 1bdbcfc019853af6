"use client";

import type { ReactNode } from "react";
import { closeSession } from "@/modules/identity/ui/session";
import type { Permission } from "@/shared/permissions";
import { AdminShell } from "@/ui/shell/admin-shell";
import type { NavItem } from "@/ui/shell/nav";
import { adminSections, mayOpen, type Page } from "./nav";
import { Search } from "./search";

export type AdminFrameProps = {
  name: string;
  email: string;
  role: string;
  /** What the viewer's role may do; what it may not is left out. */
  permissions: readonly Permission[];
  /** Open alerts that nobody has read. */
  alerts: number;
  /** Tickets that wait for an answer of ours. */
  tickets: number;
  /** Icons at the right of the top bar. */
  tools: ReactNode;
  children: ReactNode;
};

/** Navigation, search and account round every page of the dashboard. */
export function AdminFrame({
  children,
  permissions,
  alerts,
  tickets,
  tools,
  ...account
}: AdminFrameProps) {
  const badges: Record<string, NavItem["badge"]> = {
    "/alerts": { count: alerts, label: "unread alerts" },
    "/tickets": { count: tickets, label: "tickets that wait for us" },
  };
  const visible = adminSections
    .map((section) => ({
      ...section,
      items: section.items
        .filter(mayOpen(permissions))
        .map((item) => badged(item, badges[item.href])),
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <AdminShell
      brand={{ name: "Tollkeeper", href: "/" }}
      sections={visible}
      account={{
        account,
        items: [{ id: "account", label: "Your account", href: "/account" }],
        onSignOut: () => void closeSession(),
      }}
      tools={tools}
      search={<Search permissions={permissions} />}
    >
      {children}
    </AdminShell>
  );
}

function badged(item: Page, badge: NavItem["badge"]): Page {
  return badge && badge.count > 0 ? { ...item, badge } : item;
}
