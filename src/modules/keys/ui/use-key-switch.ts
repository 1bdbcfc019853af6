"use client";

import { useAct } from "@/client/use-act";
import type { Key } from "../contract";

/** `setEnabled(key, false)` disables a key at once, and offers to take it back. */
export function useKeySwitch() {
  const { act } = useAct();

  async function set(id: string, isEnabled: boolean) {
    // The contract comes when it is needed: a list is lighter without it.
    const { setKeyEnabled } = await import("./set-key-enabled");
    await setKeyEnabled(id, isEnabled);
  }

  return ({ id, name }: Key, isEnabled: boolean) =>
    void act(() => set(id, isEnabled), {
      done: `${name} ${isEnabled ? "enabled" : "disabled"}`,
      failed: `${name} was not changed`,
      undo: () => set(id, !isEnabled),
    });
}
