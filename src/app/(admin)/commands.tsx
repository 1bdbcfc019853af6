import {
  Gauge,
  KeySquare,
  Package,
  Percent,
  Plus,
  Tags,
  TicketPercent,
  UserCog,
} from "lucide-react";
import type { Permission } from "@/shared/permissions";
import type { Command } from "@/ui/overlays/command-palette";
import { adminSections, mayOpen, type Page } from "./nav";

/** The pages and actions of the palette, for who has these permissions. */
export function commandsFor(permissions: readonly Permission[]): Command[] {
  const listed = [...adminSections.flatMap(({ items }) => items), defaults];
  const pages = listed.map((page): Entry => {
    const { href } = page;
    return { ...page, id: href, group: "Pages", keywords: keywords[href] };
  });
  return [...pages, ...actions].filter(mayOpen(permissions));
}

type Entry = Command & { needs?: Permission };

// Under Settings, and not in the navigation.
const defaults: Page = {
  label: "Default limits",
  href: "/settings/defaults",
  icon: <Gauge />,
  needs: "settings:read",
};

const keywords: Record<string, string> = {
  "/keys": "api secret",
  "/usage": "events calls cost trends",
  "/alerts": "warnings notifications",
  "/plans": "prices packages tiers subscriptions features versions",
  "/price-book": "prices providers models tokens cost",
  "/meters": "quotas count tokens calls usage",
  "/subscriptions": "renewals trials recurring mrr",
  "/licenses": "devices activations machines keys",
  "/tenants": "instances provisioning odoo",
  "/invoices": "bills billing credit notes",
  "/payments": "money refunds charges stripe paddle",
  "/tickets": "support help desk",
  "/webhooks": "endpoints deliveries events",
  "/docs": "openapi",
  "/settings/tax-rates": "vat sales tax",
  "/settings/coupons": "discounts promotions",
  "/settings/canned-replies": "support templates answers",
  "/settings/defaults": "rate windows quotas features",
  "/settings/staff": "team roles invite people",
  "/settings/tokens": "api secret scopes",
  "/audit-log": "activity history changes",
  "/system": "queue jobs workers health versions",
};

const actions: readonly Entry[] = [
  {
    id: "add-customer",
    label: "Add customer",
    group: "Actions",
    href: "/customers?show=create",
    icon: <Plus />,
    keywords: "new create",
    needs: "customers:write",
  },
  {
    id: "invite",
    label: "Invite person",
    group: "Actions",
    href: "/settings/staff?show=invite",
    icon: <UserCog />,
    keywords: "staff team",
    needs: "staff:write",
  },
  {
    id: "new-plan",
    label: "New plan",
    group: "Actions",
    href: "/plans?show=new-plan",
    icon: <Package />,
    keywords: "create add package tier",
    needs: "plans:write",
  },
  {
    id: "new-price",
    label: "New price",
    group: "Actions",
    href: "/price-book?show=new-price",
    icon: <Tags />,
    keywords: "enter add provider model",
    needs: "plans:write",
  },
  {
    id: "new-coupon",
    label: "New coupon",
    group: "Actions",
    href: "/settings/coupons?show=new-coupon",
    icon: <TicketPercent />,
    keywords: "create add discount",
    needs: "billing:write",
  },
  {
    id: "new-tax-rate",
    label: "New tax rate",
    group: "Actions",
    href: "/settings/tax-rates?show=new-tax-rate",
    icon: <Percent />,
    keywords: "create add vat",
    needs: "billing:write",
  },
  {
    id: "issue-token",
    label: "Issue service token",
    group: "Actions",
    href: "/settings/tokens?show=issue-token",
    icon: <KeySquare />,
    keywords: "new create api",
    needs: "settings:write",
  },
];
