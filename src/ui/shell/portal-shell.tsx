"use client";

import { EagerLink } from "../controls/eager-link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { ThemeSwitch } from "../theme/theme-switch";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { Brand, type BrandProps } from "./brand";
import { currentHref, type NavItem } from "./nav";
import { NavDrawer } from "./nav-drawer";
import { NavList } from "./nav-list";
import { SkipLink } from "./skip-link";

export type PortalShellProps = {
  /** The seller's name and logo. */
  brand: BrandProps;
  items: readonly NavItem[];
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
  items,
  account,
  tools,
  banner,
  footer,
  children,
}: PortalShellProps) {
  return (
    <div className="flex min-h-dvh flex-col [--sticky-top:3rem]">
      <SkipLink />
      {banner}
      <header className="sticky top-0 z-20 border-b bg-canvas">
        <div className="mx-auto flex h-12 max-w-6xl items-center gap-2 px-3 sm:px-6">
          <div className="-ml-1 lg:hidden">
            <NavDrawer brand={<Brand {...brand} />}>
              <NavList sections={[{ items }]} label="Main" />
            </NavDrawer>
          </div>
          <div className="min-w-0 lg:mr-4">
            <Brand {...brand} />
          </div>
          <TopNav items={items} />
          <div className="ml-auto flex shrink-0 items-center gap-1">
            {tools}
            <ThemeSwitch />
            <span className="w-1" />
            <AccountMenu {...account} />
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-6 px-3 py-6 outline-none sm:px-6 sm:py-8"
      >
        {children}
      </main>
      {footer ? (
        <footer className="border-t">
          <div className="mx-auto flex max-w-6xl flex-wrap gap-x-4 gap-y-1 px-3 py-4 text-xs text-ink-faint sm:px-6">
            {footer}
          </div>
        </footer>
      ) : null}
    </div>
  );
}

function TopNav({ items }: { items: readonly NavItem[] }) {
  const open = currentHref(items, usePathname());
  return (
    <nav aria-label="Main" className="hidden min-w-0 lg:block">
      <ul className="flex gap-1">
        {items.map(({ href, label }) => (
          <li key={href}>
            <EagerLink
              href={href}
              aria-current={href === open ? "page" : undefined}
              className="flex h-8 items-center rounded-md px-2.5 text-sm whitespace-nowrap text-ink-muted hover:bg-muted hover:text-ink aria-[current]:bg-muted aria-[current]:font-medium aria-[current]:text-ink"
            >
              {label}
            </EagerLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
