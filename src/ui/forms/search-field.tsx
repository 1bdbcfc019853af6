"use client";

import { Search, X } from "lucide-react";
import { useRef } from "react";
import {
  Button,
  Input,
  SearchField as AriaSearchField,
} from "react-aria-components/SearchField";
import { Group } from "react-aria-components/Group";
import { given, type Lenient } from "../given";
import { Kbd } from "../controls/kbd";
import { fieldBox, fieldFocus } from "./field";
import { useShortcut } from "./use-shortcut";

export type SearchFieldProps = Lenient<{
  /** What is searched: "Search customers". Also the placeholder unless one is given. */
  label: string;
  placeholder?: string;
  value?: string;
  defaultValue?: string;
  onChange?: (text: string) => void;
  /** On Enter. */
  onSubmit?: (text: string) => void;
  /** "/" focuses this field; leave it off for all but one field of a page. */
  hasShortcut?: boolean;
  className?: string;
}>;

/** A search box; Esc clears it. */
export function SearchField({
  label,
  placeholder = label,
  hasShortcut,
  className = "",
  ...props
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut(hasShortcut ? "/" : null, () => input.current?.focus());
  return (
    <AriaSearchField
      {...given(props)}
      aria-label={label}
      className={`group ${className}`}
    >
      <Group className={`${fieldBox} ${fieldFocus} gap-2 pl-2.5`}>
        <Search aria-hidden className="icon text-ink-faint" />
        <Input
          ref={input}
          placeholder={placeholder}
          className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
        />
        {hasShortcut ? (
          <span className="mr-1.5 hidden group-empty:inline-flex group-focus-within:hidden pointer-coarse:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : null}
        <Button className="mr-1 flex h-6 w-6 cursor-pointer items-center justify-center rounded-sm text-ink-faint group-empty:hidden hover:text-ink">
          <X aria-hidden className="icon" />
        </Button>
      </Group>
    </AriaSearchField>
  );
}
