"use client";

import type { ReactNode } from "react";
import { ThemeSwitch } from "../theme/theme-switch";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { Brand, type BrandProps } from "./brand";
import type { NavSection } from "./nav";
import { NavDrawer } from "./nav-drawer";
import { NavList } from "./nav-list";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { SkipLink } from "./skip-link";

export type AdminShellProps = {
  brand: BrandProps;
  /** At most nine groups; Customers is the second item. */
  sections: readonly NavSection[];
  account: AccountMenuProps;
  /** SearchTrigger, or a search field. */
  search?: ReactNode;
  /** Icon buttons before the theme switch: the inbox. */
  tools?: ReactNode;
  /** A bar across the top: "Test mode", "Viewing as Acme". */
  banner?: ReactNode;
  children: ReactNode;
};

/** Sidebar, top bar and the page. Under 1,024 px the sidebar is a drawer. */
export function AdminShell({
  brand,
  sections,
  account,
  search,
  tools,
  banner,
  children,
}: AdminShellProps) {
  const nav = <NavList sections={sections} label="Main" />;
  return (
    <div className="min-h-dvh [--sticky-top:3rem] lg:pl-56">
      <SkipLink />
      <aside className="fixed inset-y-0 left-0 z-30 hidden w-56 flex-col overflow-y-auto border-r bg-subtle lg:flex">
        <div className="flex h-12 shrink-0 items-center px-3">
          <Brand {...brand} />
        </div>
        {nav}
      </aside>
      {banner}
      <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b bg-canvas px-3 sm:px-6">
        <div className="-ml-1 lg:hidden">
          <NavDrawer brand={<Brand {...brand} />}>{nav}</NavDrawer>
        </div>
        <div className="flex min-w-0 flex-1">{search}</div>
        <div className="flex shrink-0 items-center gap-1">
          {tools}
          <ThemeSwitch />
          <span className="w-1" />
          <AccountMenu {...account} />
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-7xl flex-col gap-6 px-3 py-6 outline-none sm:px-6"
      >
        {children}
      </main>
      <ShortcutsDialog />
    </div>
  );
}
