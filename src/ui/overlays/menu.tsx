"use client";

import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
  Header,
  Keyboard,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from "react-aria-components/Menu";
import { IconSlot } from "../controls/button";
import { given, type Lenient } from "../given";
import { optionHeader, optionRow, popoverPanel } from "./list-style";

export type MenuEntry = Lenient<{
  id: string;
  /** A verb: "Rotate key". */
  label: string;
  icon?: ReactNode;
  description?: string;
  href?: string;
  onAction?: () => void;
  tone?: "danger";
  isDisabled?: boolean;
  /** Marks the choice that is in force with a tick. */
  isCurrent?: boolean;
  /** The key that does the same, as "E". */
  shortcut?: string;
}>;

export type MenuGroup = Lenient<{
  id: string;
  label?: string;
  items: MenuEntry[];
}>;

export type MenuProps = Lenient<{
  /** A Button or IconButton of ours; it opens the menu. */
  trigger: ReactElement;
  /** What the menu is about, for screen readers: "Actions for Acme". */
  label: string;
  items: readonly MenuEntry[] | readonly MenuGroup[];
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
  /** Shown over the items, as a name and a role. */
  header?: ReactNode;
}>;

/** Actions behind a button. Groups are divided by a line. */
export function Menu({
  trigger,
  label,
  items,
  placement = "bottom end",
  header,
}: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={popoverPanel}>
        {header ? <div className="border-b px-3 py-2">{header}</div> : null}
        <AriaMenu
          aria-label={label}
          className="max-h-96 overflow-y-auto outline-none"
        >
          {toGroups(items).map((group) => (
            <MenuSection
              key={group.id}
              id={group.id}
              {...(group.label ? {} : { "aria-label": group.id })}
              className="border-t p-1 first:border-t-0"
            >
              {group.label ? (
                <Header className={optionHeader}>{group.label}</Header>
              ) : null}
              {group.items.map(menuItem)}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function toGroups(items: MenuProps["items"]): MenuGroup[] {
  const groups: MenuGroup[] = [];
  const loose: MenuEntry[] = [];
  for (const item of items) {
    if ("items" in item) groups.push(item);
    else loose.push(item);
  }
  return loose.length > 0
    ? [{ id: "Actions", items: loose }, ...groups]
    : groups;
}

function menuItem(entry: MenuEntry) {
  const { id, href, onAction, isDisabled } = entry;
  return (
    <MenuItem
      key={id}
      textValue={entry.label}
      {...given({ id, href, onAction, isDisabled })}
      className={`${optionRow} ${entry.tone === "danger" ? "text-danger" : ""}`}
    >
      {entry.icon ? (
        <span
          className={`flex ${entry.tone === "danger" ? "" : "text-ink-muted"}`}
        >
          <IconSlot>{entry.icon}</IconSlot>
        </span>
      ) : null}
      <span className="min-w-0 flex-1">
        {entry.label}
        {entry.description ? (
          <span className="block text-xs text-ink-faint">
            {entry.description}
          </span>
        ) : null}
      </span>
      {entry.isCurrent ? (
        <>
          <Check aria-hidden className="icon text-ink-muted" />
          <span className="sr-only">(current)</span>
        </>
      ) : null}
      {entry.shortcut ? (
        <Keyboard className="ml-4 font-sans text-xs text-ink-faint">
          {entry.shortcut}
        </Keyboard>
      ) : null}
    </MenuItem>
  );
}
