"use client";

import { Check } from "lucide-react";
import type { RefObject } from "react";
import {
  Header,
  Keyboard,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  Popover,
} from "react-aria-components/Menu";
import { IconSlot } from "../controls/icon-slot";
import { optionHeader, optionRow, popoverPanel } from "./list-style";
import type { MenuEntry, MenuGroup, MenuProps } from "./menu";

export type MenuListProps = Omit<MenuProps, "trigger"> & {
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** The open menu. */
export default function MenuList({
  anchor,
  isOpen,
  onOpenChange,
  label,
  items,
  placement = "bottom end",
  header,
}: MenuListProps) {
  return (
    <Popover
      trigger="MenuTrigger"
      triggerRef={anchor}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement={placement}
      offset={4}
      className={popoverPanel}
      aria-label={label}
    >
      {header ? <div className="border-b px-3 py-2">{header}</div> : null}
      <AriaMenu
        aria-label={label}
        autoFocus="first"
        onClose={() => onOpenChange(false)}
        className="max-h-96 overflow-y-auto outline-none"
      >
        {toGroups(items).map((group) => (
          <MenuSection
            key={group.id}
            id={group.id}
            aria-label={group.label ? undefined : group.id}
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
  const isDanger = entry.tone === "danger";
  return (
    <MenuItem
      key={entry.id}
      id={entry.id}
      textValue={entry.label}
      href={entry.href}
      onAction={entry.onAction}
      isDisabled={entry.isDisabled}
      className={`${optionRow} ${isDanger ? "text-danger" : ""}`}
    >
      {entry.icon ? (
        <span className={`flex ${isDanger ? "" : "text-ink-muted"}`}>
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
