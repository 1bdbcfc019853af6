"use client";

import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { useRefresh } from "@/client/query";
import { toast } from "@/ui/display/toaster";
import { keysApi, type Key } from "../contract";

/** `setEnabled(key, false)` disables a key at once, and offers to take it back. */
export function useKeySwitch() {
  const refresh = useRefresh();

  async function set({ id, name }: Key, isEnabled: boolean) {
    try {
      await call(keysApi.update, {
        params: { key_id: id },
        body: { is_enabled: isEnabled },
      });
      refresh();
      return true;
    } catch (error) {
      toast.error(`${name} was not changed`, {
        description: failureOf(error).message,
      });
      return false;
    }
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
