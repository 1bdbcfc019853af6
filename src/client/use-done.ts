"use client";

import { useRouter } from "next/navigation";
import { useDialogUrl } from "./use-dialog-url";

/**
 * `done()` after a dialog's change: closes it, then renews the page. In this order: what is under way
 * when the address changes, Next drops. `refresh` renews more than what the server rendered:
 * `useDone(useRefresh())`.
 */
export function useDone(refresh?: () => void): () => Promise<void> {
  const { close } = useDialogUrl();
  const router = useRouter();
  return async () => {
    await close();
    if (refresh) refresh();
    else router.refresh();
  };
}
