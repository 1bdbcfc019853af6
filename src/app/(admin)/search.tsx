"use client";

import {
  Activity,
  BookOpen,
  Gauge,
  KeyRound,
  KeySquare,
  LayoutDashboard,
  LifeBuoy,
  MessageSquareText,
  Package,
  Plus,
  ScrollText,
  Settings,
  Tags,
  UserCog,
  Users,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Permission } from "@/shared/permissions";
import type { Command } from "@/ui/overlays/command-palette";
import { SearchTrigger } from "@/ui/shell/search-trigger";

// The palette, and the contract it searches by, come when they are first wanted.
const Palette = dynamic(() => import("./palette"), { ssr: false });

type Entry = Command & { needs?: Permission };

const pages: Entry[] = [
  { label: "Overview", href: "/", icon: <LayoutDashboard /> },
  { label: "Customers", href: "/customers", icon: <Users /> },
  { label: "Keys", href: "/keys", icon: <KeyRound />, keywords: "api secret" },
  {
    label: "Plans",
    href: "/plans",
    icon: <Package />,
    keywords: "prices packages tiers subscriptions features versions",
    needs: "plans:read" as const,
  },
  {
    label: "Tickets",
    href: "/tickets",
    icon: <LifeBuoy />,
    keywords: "support help desk",
    needs: "support:read" as const,
  },
  {
    label: "Canned replies",
    href: "/settings/canned-replies",
    icon: <MessageSquareText />,
    keywords: "support templates answers",
    needs: "support:read" as const,
  },
  {
    label: "Price book",
    href: "/price-book",
    icon: <Tags />,
    keywords: "prices providers models tokens cost",
    needs: "plans:read" as const,
  },
  {
    label: "Meters",
    href: "/meters",
    icon: <Gauge />,
    keywords: "quotas count tokens calls usage",
    needs: "plans:read" as const,
  },
  {
    label: "Default limits",
    href: "/settings/defaults",
    icon: <Gauge />,
    keywords: "rate windows quotas features",
    needs: "settings:read" as const,
  },
  {
    label: "Staff",
    href: "/settings/staff",
    icon: <UserCog />,
    keywords: "team roles invite people",
    needs: "staff:read" as const,
  },
  {
    label: "Service tokens",
    href: "/settings/tokens",
    icon: <KeySquare />,
    keywords: "api secret scopes",
    needs: "settings:read" as const,
  },
  {
    label: "Audit log",
    href: "/audit-log",
    icon: <ScrollText />,
    keywords: "activity history changes",
    needs: "audit:read" as const,
  },
  {
    label: "System",
    href: "/system",
    icon: <Activity />,
    keywords: "queue jobs workers health versions",
    needs: "settings:read" as const,
  },
  { label: "API docs", href: "/docs", icon: <BookOpen />, keywords: "openapi" },
  { label: "Settings", href: "/settings", icon: <Settings /> },
].map((page) => ({ ...page, id: page.href, group: "Pages" }));

const actions: Entry[] = [
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
    id: "issue-token",
    label: "Issue service token",
    group: "Actions",
    href: "/settings/tokens?show=issue-token",
    icon: <KeySquare />,
    keywords: "new create api",
    needs: "settings:write",
  },
];

/** The search of the top bar, and the palette it opens. */
export function Search({
  permissions,
}: {
  permissions: readonly Permission[];
}) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  function open() {
    setWanted(true);
    setOpen(true);
  }
  return (
    <>
      <SearchTrigger onOpen={open} />
      {isWanted ? (
        <Palette
          isOpen={isOpen}
          onOpenChange={setOpen}
          items={[...pages, ...actions].filter(
            ({ needs }) => needs === undefined || permissions.includes(needs),
          )}
        />
      ) : null}
    </>
  );
}
