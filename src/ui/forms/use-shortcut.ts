"use client";

import { useEffect, useRef } from "react";

/**
 * Runs `onPress` for a key pressed anywhere but in a field, as "/" or "?"; with
 * "mod+k" (Ctrl or Cmd) in fields too. Presses while a dialog is open are left alone
 * unless the key has "mod". A key of null listens to nothing.
 */
export function useShortcut(
  key: string | null,
  onPress: (event: KeyboardEvent) => void,
) {
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    if (key === null) return;
    const wanted = key;
    function listen(event: KeyboardEvent) {
      if (!matches(event, wanted)) return;
      event.preventDefault();
      latest.current(event);
    }
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [key]);
}

function matches(event: KeyboardEvent, key: string) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  const mod = event.ctrlKey || event.metaKey;
  if (key.startsWith("mod+"))
    return mod && event.key.toLowerCase() === key.slice("mod+".length);
  return (
    !mod && event.key === key && !isTyping(event.target) && !isDialogOpen()
  );
}

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target instanceof HTMLInputElement &&
    /^(checkbox|radio|button)$/.test(target.type)
  )
    return false;
  return (
    target.isContentEditable ||
    target.closest(
      "input, textarea, select, [role=textbox], [role=menu], [role=listbox]",
    ) !== null
  );
}

function isDialogOpen() {
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}
