"use client";

import { EagerLink } from "../controls/eager-link";
import { usePathname } from "next/navigation";
import { IconSlot } from "../controls/icon-slot";
import { countText } from "../format/number";
import { currentHref, type NavItem, type NavSection } from "./nav";

export type NavListProps = { sections: readonly NavSection[]; label: string };

/** The sidebar's links, also in the drawer on phones. */
export function NavList({ sections, label }: NavListProps) {
  const pathname = usePathname();
  const open = currentHref(
    sections.flatMap((section) => section.items),
    pathname,
  );
  return (
    <nav aria-label={label} className="flex flex-col gap-4 p-2">
      {sections.map((section, index) => (
        <div key={section.label ?? index}>
          {section.label ? (
            <p className="px-2 pb-1 text-xs font-medium text-ink-faint">
              {section.label}
            </p>
          ) : null}
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <Item item={item} isCurrent={item.href === open} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

type ItemProps = { item: NavItem; isCurrent: boolean };

function Item({ item, isCurrent }: ItemProps) {
  return (
    <EagerLink
      href={item.href}
      aria-current={isCurrent ? "page" : undefined}
      className="group flex h-8 items-center gap-2 rounded-md px-2 text-sm text-ink-muted hover:bg-muted hover:text-ink aria-[current]:bg-muted aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:h-11"
    >
      {item.icon ? (
        <span className="flex text-ink-faint group-hover:text-ink group-aria-[current]:text-ink">
          <IconSlot>{item.icon}</IconSlot>
        </span>
      ) : null}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.badge && item.badge.count > 0 ? <Count {...item.badge} /> : null}
    </EagerLink>
  );
}

function Count({ count, label, tone }: NonNullable<NavItem["badge"]>) {
  const color =
    tone === "danger"
      ? "border-danger-line bg-danger-tint text-danger"
      : "border-line-strong bg-canvas text-ink-muted";
  return (
    <span className={`rounded-sm border px-1 text-xs font-medium ${color}`}>
      {countText(count)}
      <span className="sr-only"> {label}</span>
    </span>
  );
}
