"use client";

import { parseAsString, useQueryStates } from "nuqs";

const parsers = { show: parseAsString, id: parseAsString, tab: parseAsString };

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
    await setState(
      { show: name, id: about.id ?? null, tab: about.tab ?? null },
      { history: show === null ? "push" : "replace" },
    );
  }

  /**
   * Closes the dialog; resolves when the address has changed. It goes back by itself, not by the
   * browser's history: while the page is being renewed, Next would lose that step.
   */
  async function close() {
    await setState({ show: null, id: null, tab: null });
  }

  return { show, id, tab, open, close };
}
