"use client";

import {
  BookOpen,
  KeyRound,
  LayoutDashboard,
  Plus,
  Settings,
  Users,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Command } from "@/ui/overlays/command-palette";
import { SearchTrigger } from "@/ui/shell/search-trigger";

// The palette, and the contract it searches by, come when they are first wanted.
const Palette = dynamic(() => import("./palette"), { ssr: false });

const pages: Command[] = [
  { label: "Overview", href: "/", icon: <LayoutDashboard /> },
  { label: "Customers", href: "/customers", icon: <Users /> },
  { label: "Keys", href: "/keys", icon: <KeyRound />, keywords: "api secret" },
  { label: "API docs", href: "/docs", icon: <BookOpen />, keywords: "openapi" },
  { label: "Settings", href: "/settings", icon: <Settings /> },
].map((page) => ({ ...page, id: page.href, group: "Pages" }));

const actions: Command[] = [
  {
    id: "add-customer",
    label: "Add customer",
    group: "Actions",
    href: "/customers?show=create",
    icon: <Plus />,
    keywords: "new create",
  },
];

/** The search of the top bar, and the palette it opens. */
export function Search({ mayAddCustomers }: { mayAddCustomers: boolean }) {
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
          items={mayAddCustomers ? [...pages, ...actions] : pages}
        />
      ) : null}
    </>
  );
}
