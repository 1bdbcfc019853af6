"use client";

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import {
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Header,
} from "react-aria-components/ListBox";
import { optionHeader, optionRow } from "../overlays/list-style";

export type Option = {
  id: string;
  label: string;
  /** A second, fainter line. */
  description?: string;
  icon?: ReactNode;
  isDisabled?: boolean;
};

export type OptionGroup = { label: string; options: Option[] };

export type Options = readonly Option[] | readonly OptionGroup[];

type OptionListProps = { options: Options; emptyText?: string };

/** The choices inside Select and Combobox, flat or in groups. */
export function OptionList({
  options,
  emptyText = "Nothing matches",
}: OptionListProps) {
  return (
    <ListBox
      className="max-h-72 overflow-y-auto p-1 outline-none"
      renderEmptyState={() => (
        <p className="px-2 py-3 text-sm text-ink-faint">{emptyText}</p>
      )}
    >
      {options.map((entry) =>
        "options" in entry ? (
          <ListBoxSection key={entry.label} id={entry.label}>
            <Header className={optionHeader}>{entry.label}</Header>
            {entry.options.map(optionItem)}
          </ListBoxSection>
        ) : (
          optionItem(entry)
        ),
      )}
    </ListBox>
  );
}

function optionItem(option: Option) {
  return (
    <ListBoxItem
      key={option.id}
      id={option.id}
      textValue={option.label}
      isDisabled={option.isDisabled ?? false}
      className={optionRow}
    >
      {({ isSelected }) => (
        <>
          {option.icon}
          <span className="min-w-0 flex-1">
            <span className="block truncate">{option.label}</span>
            {option.description ? (
              <span className="block truncate text-xs text-ink-faint">
                {option.description}
              </span>
            ) : null}
          </span>
          {isSelected ? (
            <Check aria-hidden className="icon text-ink-muted" />
          ) : null}
        </>
      )}
    </ListBoxItem>
  );
}
