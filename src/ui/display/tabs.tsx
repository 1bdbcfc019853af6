"use client";

import { EagerLink } from "../controls/eager-link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { countText } from "../format/number";

export type Tab = {
  label: string;
  /** Each tab is a page of its own: it survives refresh and back. */
  href: string;
  count?: number;
};

export type TabsProps = {
  /** "Customer sections". */
  label: string;
  tabs: readonly Tab[];
  /** The href of the open tab; the default is the one that fits the path best. */
  current?: string;
};

/** Tabs as links. On a phone the row scrolls by itself, the page does not. */
export function Tabs({ label, tabs, current }: TabsProps) {
  const pathname = usePathname();
  const open = current ?? openTab(tabs, pathname);
  const row = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const list = row.current;
    const tab = list?.querySelector<HTMLElement>("[aria-current]");
    if (list && tab) list.scrollLeft = tab.offsetLeft - 48;
  }, [open]);
  return (
    <nav aria-label={label} className="min-w-0 border-b">
      <ul
        ref={row}
        className="relative -mb-px flex gap-5 overflow-x-auto [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <li key={tab.href}>
            <EagerLink
              href={tab.href}
              scroll={false}
              aria-current={tab.href === open ? "page" : undefined}
              className="flex h-10 items-center gap-1.5 rounded-sm border-b-2 border-transparent text-sm whitespace-nowrap text-ink-muted -outline-offset-2 hover:text-ink aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink"
            >
              {tab.label}
              {tab.count !== undefined ? (
                <span className="rounded-sm bg-muted px-1 text-xs font-normal text-ink-muted">
                  {countText(tab.count)}
                </span>
              ) : null}
            </EagerLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The tab with the longest path that the current path starts with. */
function openTab(tabs: readonly Tab[], pathname: string) {
  const fits = tabs
    .map((tab) => tab.href)
    .filter((href) => {
      const path = href.split("?")[0] ?? href;
      return pathname === path || pathname.startsWith(`${path}/`);
    });
  return fits.sort((a, b) => b.length - a.length)[0];
}
