"use client";

import { House, KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { closeSession } from "@/modules/identity/ui/session";
import type { BrandProps } from "@/ui/shell/brand";
import { PortalShell } from "@/ui/shell/portal-shell";

const items = [
  { label: "Home", href: "/portal", icon: <House /> },
  { label: "API keys", href: "/portal/keys", icon: <KeyRound /> },
];

export type PortalFrameProps = {
  brand: BrandProps;
  /** Icons at the right of the top bar. */
  tools: ReactNode;
  name: string;
  email: string;
  role: string;
  children: ReactNode;
};

/** Navigation and account round every page of the portal. */
export function PortalFrame({
  brand,
  tools,
  children,
  ...account
}: PortalFrameProps) {
  return (
    <PortalShell
      brand={brand}
      tools={tools}
      items={items}
      account={{ account, onSignOut: () => void closeSession() }}
    >
      {children}
    </PortalShell>
  );
}
