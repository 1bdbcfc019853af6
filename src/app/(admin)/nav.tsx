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
import type { Permission } from "@/shared/permissions";
import type { NavItem, NavSection } from "@/ui/shell/nav";

export type Page = NavItem & {
  /** Who lacks it does not see the item. */
  needs?: Permission;
};

type Section = Pick<NavSection, "label"> & { items: readonly Page[] };

/** The pages of the dashboard, as the navigation has them. */
export const adminSections: readonly Section[] = [
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

/** Whether who has these permissions may open a page, or do an action. */
export function mayOpen(permissions: readonly Permission[]) {
  return ({ needs }: { needs?: Permission }) =>
    needs === undefined || permissions.includes(needs);
}
