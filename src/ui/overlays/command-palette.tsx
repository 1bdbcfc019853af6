"use client";

import { Search } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import {
  Header,
  Keyboard,
  Menu,
  MenuItem,
  MenuSection,
} from "react-aria-components/Menu";
import { Input, TextField } from "react-aria-components/TextField";
import { IconSlot } from "../controls/icon-slot";
import { Spinner } from "../controls/spinner";
import { optionHeader, optionRow } from "./list-style";
import { useFound } from "./use-found";

export type Command = {
  id: string;
  label: string;
  /** The heading it stands under: "Pages", "Customers", "Actions". */
  group: string;
  /** A fainter second text: an e-mail, an id. */
  hint?: string;
  icon?: ReactNode;
  href?: string;
  onAction?: () => void;
  /** More words it is found by. */
  keywords?: string;
  shortcut?: string;
};

export type CommandPaletteProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Pages and actions, filtered here as one types. */
  items: readonly Command[];
  /**
   * Finds customers, invoices and so on, by name, id, e-mail or key prefix. Called 120 ms
   * after the last letter; the signal is aborted when another letter follows.
   */
  onSearch?: (
    query: string,
    signal: AbortSignal,
  ) => Promise<readonly Command[]>;
  placeholder?: string;
};

/** Ctrl or Cmd + K: what was found first, then pages, then actions. Load it by next/dynamic. */
export function CommandPalette({
  isOpen,
  onOpenChange,
  ...rest
}: CommandPaletteProps) {
  return (
    <ModalOverlay
      isDismissable
      {...{ isOpen, onOpenChange }}
      className="fixed inset-0 z-50 flex justify-center bg-scrim p-2 sm:pt-[12vh]"
    >
      <Modal className="w-full max-w-xl">
        <Dialog
          aria-label="Command palette"
          className="flex max-h-[70dvh] flex-col overflow-hidden rounded-xl bg-overlay text-ink shadow-overlay outline-none"
        >
          <Palette {...rest} onClose={() => onOpenChange(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

type PaletteProps = Omit<CommandPaletteProps, "isOpen" | "onOpenChange"> & {
  onClose: () => void;
};

function Palette({
  items,
  onSearch,
  placeholder = "Search or jump to…",
  onClose,
}: PaletteProps) {
  const [query, setQuery] = useState("");
  const { found, isSearching, hasFailed } = useFound(query, onSearch);
  const groups = useMemo(
    () => toGroups([...found, ...items.filter((item) => fits(item, query))]),
    [found, items, query],
  );
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <TextField
        autoFocus
        aria-label="Search or jump to"
        className="flex h-12 shrink-0 items-center gap-3 border-b px-4"
      >
        {isSearching ? (
          <Spinner className="text-ink-faint" />
        ) : (
          <Search aria-hidden className="icon text-ink-faint" />
        )}
        <Input
          placeholder={placeholder}
          className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-faint"
        />
      </TextField>
      <Menu
        aria-label="Results"
        onAction={onClose}
        className="min-h-0 overflow-y-auto p-1 outline-none"
        renderEmptyState={() => (
          <p className="px-3 py-8 text-center text-sm text-ink-faint">
            {emptyText(isSearching, hasFailed, query)}
          </p>
        )}
      >
        {groups.map(([name, commands]) => (
          <MenuSection key={name} id={name}>
            <Header className={optionHeader}>{name}</Header>
            {commands.map(commandItem)}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  );
}

function commandItem(command: Command) {
  const { id, href, onAction, label, hint, icon, shortcut } = command;
  return (
    <MenuItem
      key={id}
      textValue={label}
      {...{ id, href, onAction }}
      className={optionRow}
    >
      {icon ? (
        <span className="flex text-ink-faint">
          <IconSlot>{icon}</IconSlot>
        </span>
      ) : null}
      <span className="min-w-0 truncate">{label}</span>
      {hint ? (
        <span className="min-w-0 truncate text-xs text-ink-faint">{hint}</span>
      ) : null}
      {shortcut ? (
        <Keyboard className="ml-auto pl-4 font-sans text-xs text-ink-faint">
          {shortcut}
        </Keyboard>
      ) : null}
    </MenuItem>
  );
}

function fits({ label, group, keywords = "" }: Command, query: string) {
  const text = `${label} ${group} ${keywords}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function toGroups(commands: readonly Command[]) {
  const groups = new Map<string, Command[]>();
  for (const command of commands)
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

function emptyText(isSearching: boolean, hasFailed: boolean, query: string) {
  if (isSearching) return "Searching…";
  if (hasFailed) return "The search did not answer. Type on to try again.";
  return query ? `Nothing found for “${query}”` : "Type to search";
}
