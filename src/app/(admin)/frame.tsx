"use client";

import {
  Activity,
  BadgeCheck,
  Banknote,
  BookOpen,
  ChartColumn,
  Gauge,
  KeyRound,
  KeySquare,
  LayoutDashboard,
  LifeBuoy,
  MessageSquareText,
  Package,
  Percent,
  Receipt,
  RefreshCcw,
  ScrollText,
  Server,
  Settings,
  Tags,
  TicketPercent,
  TriangleAlert,
  UserCog,
  Users,
  Webhook,
} from "lucide-react";
import type { ReactNode } from "react";
import { closeSession } from "@/modules/identity/ui/session";
import type { Permission } from "@/shared/permissions";
import { AdminShell } from "@/ui/shell/admin-shell";
import type { NavItem, NavSection } from "@/ui/shell/nav";
import { Search } from "./search";

type Item = NavItem & {
  /** Who lacks it does not see the item. */
  needs?: Permission;
};

const sections: (Omit<NavSection, "items"> & { items: Item[] })[] = [
  {
    items: [
      { label: "Overview", href: "/", icon: <LayoutDashboard /> },
      { label: "Customers", href: "/customers", icon: <Users /> },
      { label: "Keys", href: "/keys", icon: <KeyRound /> },
      {
        label: "Usage",
        href: "/usage",
        icon: <ChartColumn />,
        needs: "usage:read",
      },
      {
        label: "Alerts",
        href: "/alerts",
        icon: <TriangleAlert />,
        needs: "usage:read",
      },
      {
        label: "Plans",
        href: "/plans",
        icon: <Package />,
        needs: "plans:read",
      },
      {
        label: "Price book",
        href: "/price-book",
        icon: <Tags />,
        needs: "plans:read",
      },
      {
        label: "Meters",
        href: "/meters",
        icon: <Gauge />,
        needs: "plans:read",
      },
      {
        label: "Subscriptions",
        href: "/subscriptions",
        icon: <RefreshCcw />,
        needs: "billing:read",
      },
      {
        label: "Licenses",
        href: "/licenses",
        icon: <BadgeCheck />,
        needs: "licenses:read",
      },
      {
        label: "Tenants",
        href: "/tenants",
        icon: <Server />,
        needs: "tenants:read",
      },
      {
        label: "Invoices",
        href: "/invoices",
        icon: <Receipt />,
        needs: "billing:read",
      },
      {
        label: "Payments",
        href: "/payments",
        icon: <Banknote />,
        needs: "billing:read",
      },
      {
        label: "Tickets",
        href: "/tickets",
        icon: <LifeBuoy />,
        needs: "support:read",
      },
    ],
  },
  {
    label: "Developers",
    items: [
      {
        label: "Webhooks",
        href: "/webhooks",
        icon: <Webhook />,
        needs: "webhooks:read",
      },
      { label: "API docs", href: "/docs", icon: <BookOpen /> },
    ],
  },
  {
    label: "Settings",
    items: [
      {
        label: "Settings",
        href: "/settings",
        icon: <Settings />,
        needs: "settings:read",
      },
      {
        label: "Tax rates",
        href: "/settings/tax-rates",
        icon: <Percent />,
        needs: "billing:read",
      },
      {
        label: "Coupons",
        href: "/settings/coupons",
        icon: <TicketPercent />,
        needs: "billing:read",
      },
      {
        label: "Canned replies",
        href: "/settings/canned-replies",
        icon: <MessageSquareText />,
        needs: "support:read",
      },
      {
        label: "Staff",
        href: "/settings/staff",
        icon: <UserCog />,
        needs: "staff:read",
      },
      {
        label: "Service tokens",
        href: "/settings/tokens",
        icon: <KeySquare />,
        needs: "settings:read",
      },
      {
        label: "Audit log",
        href: "/audit-log",
        icon: <ScrollText />,
        needs: "audit:read",
      },
      {
        label: "System",
        href: "/system",
        icon: <Activity />,
        needs: "settings:read",
      },
    ],
  },
];

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
  const may = ({ needs }: { needs?: Permission }) =>
    needs === undefined || permissions.includes(needs);
  const badges: Record<string, NavItem["badge"]> = {
    "/alerts": { count: alerts, label: "unread alerts" },
    "/tickets": { count: tickets, label: "tickets that wait for us" },
  };
  const visible = sections
    .map((section) => ({
      ...section,
      items: section.items
        .filter(may)
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

function badged(item: Item, badge: NavItem["badge"]): Item {
  return badge && badge.count > 0 ? { ...item, badge } : item;
}
