"use client";

import { Menu as MenuIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { IconButton } from "../controls/icon-button";
import { useWanted } from "../overlays/use-wanted";

const NavDrawerPanel = dynamic(() => import("./nav-drawer-panel"), {
  ssr: false,
});

export type NavDrawerProps = { brand: ReactNode; children: ReactNode };

/** The navigation on a phone: behind a button, from the left, gone after a choice. */
export function NavDrawer(props: NavDrawerProps) {
  const pathname = usePathname();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const isOpen = openedOn === pathname;
  const isWanted = useWanted(isOpen);
  return (
    <>
      <IconButton
        label="Open navigation"
        icon={<MenuIcon />}
        placement="bottom"
        aria-expanded={isOpen}
        onPress={() => setOpenedOn(pathname)}
      />
      {isWanted ? (
        <NavDrawerPanel
          {...props}
          isOpen={isOpen}
          onOpenChange={(next) => setOpenedOn(next ? pathname : null)}
        />
      ) : null}
    </>
  );
}
