"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useOpener, type Trigger } from "./use-opener";

const load = () => import("./menu-list");
const MenuList = dynamic(load, { ssr: false });

export type MenuEntry = {
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
};

export type MenuGroup = {
  /** Unlike that of any item. */
  id: string;
  label?: string;
  items: readonly MenuEntry[];
};

export type MenuProps = {
  /** A Button or IconButton of ours; it opens the menu. */
  trigger: Trigger;
  /** What the menu is about, for screen readers: "Actions for Acme". */
  label: string;
  items: readonly MenuEntry[] | readonly MenuGroup[];
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
  /** Shown over the items, as a name and a role. */
  header?: ReactNode;
};

/** Actions behind a button. Groups are divided by a line. */
export function Menu({ trigger, ...props }: MenuProps) {
  const { anchor, button, isOpen, isWanted, setOpen } = useOpener(trigger, {
    popup: "menu",
    preload: load,
  });
  return (
    <>
      {button}
      {isWanted ? (
        <MenuList
          {...props}
          anchor={anchor}
          isOpen={isOpen}
          onOpenChange={setOpen}
        />
      ) : null}
    </>
  );
}
