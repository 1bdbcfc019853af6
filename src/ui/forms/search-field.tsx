"use client";

import { Search, X } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { Kbd } from "../controls/kbd";
import { Press } from "../controls/press";
import { useEarly } from "../early/use-early";
import { useShortcut } from "./use-shortcut";

export type SearchFieldProps = {
  /** What is searched: "Search customers". Also the placeholder unless one is given. */
  label: string;
  placeholder?: string;
  value?: string;
  defaultValue?: string;
  onChange?: (text: string) => void;
  /** On Enter, and with "" when it is cleared. */
  onSubmit?: (text: string) => void;
  /** "/" focuses this field; leave it off for all but one field of a page. */
  hasShortcut?: boolean;
  className?: string;
};

/** A search box; Esc clears it. */
export function SearchField({
  label,
  placeholder = label,
  value,
  defaultValue = "",
  onChange,
  onSubmit,
  hasShortcut,
  className = "",
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState(defaultValue);
  const text = value ?? own;
  useShortcut(hasShortcut ? "/" : null, () => input.current?.focus());
  function change(next: string) {
    setOwn(next);
    onChange?.(next);
  }
  function clear() {
    change("");
    onSubmit?.("");
    input.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onSubmit?.(text);
    }
    if (event.key === "Escape" && text) {
      event.preventDefault();
      event.stopPropagation();
      clear();
    }
  }
  return (
    <div
      role="search"
      className={`group flex h-8 min-w-0 items-center gap-2 rounded-md border border-field bg-canvas pl-2.5 text-sm transition-colors focus-within:border-accent-text focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent-text hover:border-ink-faint pointer-coarse:h-11 pointer-coarse:text-lg ${className}`}
    >
      <Search aria-hidden className="icon text-ink-faint" />
      <input
        ref={useEarly(input)}
        type="search"
        aria-label={label}
        aria-keyshortcuts={hasShortcut ? "/" : undefined}
        placeholder={placeholder}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
      />
      {text ? (
        <Press
          aria-label="Clear search"
          onPress={clear}
          className="mr-1 flex h-6 w-6 cursor-pointer items-center justify-center rounded-sm text-ink-faint hover:text-ink"
        >
          <X aria-hidden className="icon" />
        </Press>
      ) : hasShortcut ? (
        <span
          aria-hidden
          className="mr-1.5 inline-flex group-focus-within:hidden pointer-coarse:hidden"
        >
          <Kbd>/</Kbd>
        </span>
      ) : null}
    </div>
  );
}
