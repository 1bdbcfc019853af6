import type { ReactNode } from "react";

export type NavItem = {
  label: string;
  href: string;
  /** A lucide icon element. */
  icon?: ReactNode;
  /** Open tickets, failed webhooks: a count, and what it counts for screen readers. */
  badge?: { count: number; label: string; tone?: "neutral" | "danger" };
  /** Whether it is the open page; by default the path tells. */
  isCurrent?: boolean;
};

export type NavSection = {
  /** A heading over the items; the first section goes without. */
  label?: string;
  items: readonly NavItem[];
};

/** The href of the item that the path fits best: the longest that it starts with. */
export function currentHref(
  items: readonly NavItem[],
  pathname: string,
): string | undefined {
  const chosen = items.find((item) => item.isCurrent);
  if (chosen) return chosen.href;
  return items
    .map((item) => item.href)
    .filter(
      (href) =>
        pathname === href || (href !== "/" && pathname.startsWith(`${href}/`)),
    )
    .sort((a, b) => b.length - a.length)[0];
}
