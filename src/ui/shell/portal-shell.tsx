"use client";

import type { ReactNode } from "react";
import { ThemeSwitch } from "../theme/theme-switch";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { Brand, type BrandProps } from "./brand";
import type { NavSection } from "./nav";
import { NavDrawer } from "./nav-drawer";
import { NavList } from "./nav-list";
import { SkipLink } from "./skip-link";

export type PortalShellProps = {
  /** The seller's name and logo. */
  brand: BrandProps;
  sections: readonly NavSection[];
  account: AccountMenuProps;
  tools?: ReactNode;
  /** A bar across the top: "Tollkeeper staff is viewing as you". */
  banner?: ReactNode;
  /** Terms, privacy, a mail address. */
  footer?: ReactNode;
  children: ReactNode;
};

/** The customers' own area, under the seller's brand. */
export function PortalShell({
  brand,
  sections,
  account,
  tools,
  banner,
  footer,
  children,
}: PortalShellProps) {
  const nav = <NavList sections={sections} label="Main" />;
  return (
    <div className="flex min-h-dvh flex-col [--sticky-top:3rem]">
      <SkipLink />
      {banner}
      <header className="sticky top-0 z-20 border-b bg-canvas">
        <div className="mx-auto flex h-12 max-w-7xl items-center gap-2 px-3 sm:px-6">
          <div className="-ml-1 lg:hidden">
            <NavDrawer brand={<Brand {...brand} />}>{nav}</NavDrawer>
          </div>
          <div className="min-w-0">
            <Brand {...brand} />
          </div>
          <div className="ml-auto flex shrink-0 items-center gap-1">
            {tools}
            <ThemeSwitch />
            <span className="w-1" />
            <AccountMenu {...account} />
          </div>
        </div>
      </header>
      <div className="mx-auto flex w-full max-w-7xl flex-1">
        <aside className="sticky top-(--sticky-top) hidden h-[calc(100dvh-var(--sticky-top))] w-52 shrink-0 overflow-y-auto py-4 pl-4 lg:block">
          {nav}
        </aside>
        <main
          id="content"
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-col gap-6 px-3 py-6 outline-none sm:px-6 sm:py-8"
        >
          {children}
        </main>
      </div>
      {footer ? (
        <footer className="border-t">
          <div className="mx-auto flex max-w-7xl flex-wrap gap-x-4 gap-y-1 px-3 py-4 text-xs text-ink-faint sm:px-6">
            {footer}
          </div>
        </footer>
      ) : null}
    </div>
  );
}
