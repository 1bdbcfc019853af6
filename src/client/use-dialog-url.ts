"use client";

import { parseAsString, useQueryStates } from "nuqs";

const parsers = { show: parseAsString, id: parseAsString, tab: parseAsString };

// The address of the dialog that this page pushed, so that closing it can go back.
let pushed: string | null = null;

/**
 * The open dialog of a page, kept in the URL as `?show=edit&id=cus_…&tab=keys`: it survives a
 * refresh, and the browser's back button closes it.
 */
export function useDialogUrl() {
  const [{ show, id, tab }, setState] = useQueryStates(parsers, {
    shallow: true,
    scroll: false,
  });

  /** Opens a dialog, in place of the one that is open. */
  async function open(name: string, about: { id?: string; tab?: string } = {}) {
    const keepsPlace = show !== null;
    const wasPushed = pushed === window.location.search;
    await setState(
      { show: name, id: about.id ?? null, tab: about.tab ?? null },
      { history: keepsPlace ? "replace" : "push" },
    );
    if (!keepsPlace || wasPushed) pushed = window.location.search;
  }

  /** Closes the dialog; resolves when the address has changed. */
  async function close() {
    if (pushed !== null && pushed === window.location.search) {
      pushed = null;
      await goBack();
    } else await setState({ show: null, id: null, tab: null });
  }

  return { show, id, tab, open, close };
}

function goBack(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 500);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    window.addEventListener("popstate", done, { once: true });
    window.history.back();
  });
}
