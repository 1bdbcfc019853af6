"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureOf } from "@/client/failure";
import { toast } from "@/ui/display/toaster";

/** Runs something that a button does, says how it went, and renews the page. */
export function useAct() {
  const [isPending, setPending] = useState(false);
  const router = useRouter();
  async function act(
    work: () => Promise<unknown>,
    words: { done: string; failed: string },
  ): Promise<boolean> {
    setPending(true);
    try {
      await work();
      toast.success(words.done);
      router.refresh();
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
