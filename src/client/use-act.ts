"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/ui/display/toaster";
import { failureOf } from "./failure";

export type ActWords = {
  /** "Grace is removed"; left out where the page shows it well enough. */
  done?: string;
  /** "Grace was not removed"; the reason follows. */
  failed: string;
  /** Takes it back: the news of it then offers that for some seconds. */
  undo?: () => Promise<unknown>;
};

/**
 * `act(work, words)` does what a button is for, says how it went and renews the page; false when
 * it failed. `refresh` renews more than what the server rendered: `useAct(useRefresh())`.
 */
export function useAct(refresh?: () => void) {
  const [isPending, setPending] = useState(false);
  const router = useRouter();
  async function act(
    work: () => Promise<unknown>,
    { done, failed, undo }: ActWords,
  ): Promise<boolean> {
    setPending(true);
    try {
      await work();
    } catch (error) {
      toast.error(failed, { description: failureOf(error).message });
      return false;
    } finally {
      setPending(false);
    }
    if (done && undo)
      toast.undo(done, () => void act(undo, { done: "Undone", failed }));
    else if (done) toast.success(done);
    if (refresh) refresh();
    else router.refresh();
    return true;
  }
  return { isPending, act };
}
