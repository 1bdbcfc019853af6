"use client";

import { House, KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { closeSession } from "@/modules/identity/ui/session";
import { PortalShell } from "@/ui/shell/portal-shell";

const items = [
  { label: "Home", href: "/portal", icon: <House /> },
  { label: "API keys", href: "/portal/keys", icon: <KeyRound /> },
];

export type PortalFrameProps = {
  name: string;
  email: string;
  role: string;
  children: ReactNode;
};

/** Navigation and account round every page of the portal. */
export function PortalFrame({ children, ...account }: PortalFrameProps) {
  return (
    <PortalShell
      brand={{ name: "Tollkeeper", href: "/portal" }}
      items={items}
      account={{ account, onSignOut: () => void closeSession() }}
    >
      {children}
    </PortalShell>
  );
}
