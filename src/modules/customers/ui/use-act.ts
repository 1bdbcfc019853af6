"use client";

import { useState } from "react";
import { failureOf } from "@/client/failure";
import { useRefresh } from "@/client/query";
import { toast } from "@/ui/display/toaster";

/** Runs something that a button does, says how it went, and renews the page. */
export function useAct() {
  const [isPending, setPending] = useState(false);
  const refresh = useRefresh();
  async function act(
    work: () => Promise<unknown>,
    words: { done: string; failed: string },
  ): Promise<boolean> {
    setPending(true);
    try {
      await work();
      toast.success(words.done);
      refresh();
      return true;
    } catch (error) {
      toast.error(words.failed, { description: failureOf(error).message });
      return false;
    } finally {
      setPending(false);
    }
  }
  return { isPending, act };
}
