"use client";

import { PencilLine } from "lucide-react";
import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";

/** Begins a draft with the current terms, and goes on to it. */
export function BeginDraft({ planId }: { planId: string }) {
  const router = useRouter();
  const { act, isPending } = useAct();
  async function begin() {
    const { planVersionsApi } = await import("../contract/versions");
    const params = { plan_id: planId };
    const isBegun = await act(() => call(planVersionsApi.draft, { params }), {
      failed: "No draft was begun",
    });
    if (isBegun) router.push(`/plans/${planId}/draft`);
  }
  return (
    <Button
      variant="primary"
      icon={<PencilLine />}
      isPending={isPending}
      onPress={() => void begin()}
    >
      New version
    </Button>
  );
}
