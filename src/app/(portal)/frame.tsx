"use client";

import {
  BadgeCheck,
  ChartColumn,
  House,
  CreditCard,
  KeyRound,
  LifeBuoy,
  Receipt,
  Server,
  UserRound,
  Users,
  WalletCards,
} from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { closeSession } from "@/modules/identity/ui/session";
import type { Closing } from "@/modules/privacy/contract";
import type { BrandProps } from "@/ui/shell/brand";
import { PortalShell } from "@/ui/shell/portal-shell";

// Staff only see it, and everybody else would load it.
const ViewingBar = dynamic(() =>
  import("@/modules/customers/ui/viewing-bar").then((part) => part.ViewingBar),
);
// Few accounts ever close.
const ClosingBar = dynamic(() =>
  import("@/modules/privacy/ui/closing-bar").then((part) => part.ClosingBar),
);

const sections = [
  {
    items: [
      { label: "Home", href: "/portal", icon: <House /> },
      { label: "Usage", href: "/portal/usage", icon: <ChartColumn /> },
      { label: "API keys", href: "/portal/keys", icon: <KeyRound /> },
      { label: "Licenses", href: "/portal/licenses", icon: <BadgeCheck /> },
      { label: "Tenants", href: "/portal/tenants", icon: <Server /> },
    ],
  },
  {
    label: "Billing",
    items: [
      { label: "Plan and billing", href: "/portal/plan", icon: <CreditCard /> },
      { label: "Invoices", href: "/portal/invoices", icon: <Receipt /> },
      {
        label: "Payment methods",
        href: "/portal/payment-methods",
        icon: <WalletCards />,
      },
    ],
  },
  {
    label: "Help and account",
    items: [
      { label: "Support", href: "/portal/support", icon: <LifeBuoy /> },
      { label: "Team", href: "/portal/team", icon: <Users /> },
      { label: "Account", href: "/portal/account", icon: <UserRound /> },
    ],
  },
];

export type PortalFrameProps = {
  brand: BrandProps;
  /** The pages that the navigation leaves out. */
  hidden: readonly string[];
  /** Icons at the right of the top bar. */
  tools: ReactNode;
  name: string;
  email: string;
  role: string;
  /** Set while staff look at the portal as this customer. */
  viewing?: string | undefined;
  /** Set while the account is about to close. */
  closing: Closing | null;
  mayKeep: boolean;
  children: ReactNode;
};

/** Navigation and account round every page of the portal. */
export function PortalFrame({
  brand,
  hidden,
  tools,
  children,
  viewing,
  closing,
  mayKeep,
  ...account
}: PortalFrameProps) {
  return (
    <PortalShell
      brand={brand}
      tools={tools}
      sections={sections.map(({ items, ...section }) => ({
        ...section,
        items: items.filter(({ href }) => !hidden.includes(href)),
      }))}
      banner={
        <>
          {viewing ? <ViewingBar customer={viewing} /> : null}
          {closing ? <ClosingBar {...{ closing, mayKeep }} /> : null}
        </>
      }
      account={{ account, onSignOut: () => void closeSession() }}
    >
      {children}
    </PortalShell>
  );
}
