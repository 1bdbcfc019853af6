"use client";

import { useRefresh } from "./query";
import { useDialogUrl } from "./use-dialog-url";

/**
 * `done()` after a dialog's change: closes it, then renews the page. In this order: what is under way
 * when the address changes, Next drops.
 */
export function useDone(): () => Promise<void> {
  const { close } = useDialogUrl();
  const refresh = useRefresh();
  return async () => {
    await close();
    refresh();
  };
}
