"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/ui/display/toaster";
import type { Key } from "../contract";

/** `setEnabled(key, false)` disables a key at once, and offers to take it back. */
export function useKeySwitch() {
  const router = useRouter();

  async function set({ id, name }: Key, isEnabled: boolean) {
    // The contract comes when it is needed: a list is lighter without it.
    const { setKeyEnabled } = await import("./set-key-enabled");
    const failure = await setKeyEnabled(id, isEnabled);
    if (failure)
      toast.error(`${name} was not changed`, { description: failure });
    else router.refresh();
    return !failure;
  }

  async function change(key: Key, isEnabled: boolean) {
    if (!(await set(key, isEnabled))) return;
    toast.undo(`${key.name} ${isEnabled ? "enabled" : "disabled"}`, () => {
      void set(key, !isEnabled).then(
        (isBack) => isBack && toast.success("Undone"),
      );
    });
  }
  return (key: Key, isEnabled: boolean) => void change(key, isEnabled);
}
