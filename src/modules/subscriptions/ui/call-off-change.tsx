"use client";

import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import type { Subscription } from "../contract";

/** Calls off what is scheduled for the period's end. */
export function CallOffChange({
  subscription: { id, scheduled_change },
}: {
  subscription: Pick<Subscription, "id" | "scheduled_change">;
}) {
  const { act, isPending } = useAct();
  if (!scheduled_change) return null;
  const callOff = async () => {
    const acts = await import("./subscription-acts");
    return acts.callOff(id, scheduled_change.id);
  };
  return (
    <Button
      size="sm"
      isPending={isPending}
      onPress={() =>
        void act(callOff, {
          done: "The change is called off",
          failed: "It was not called off",
        })
      }
    >
      Call off
    </Button>
  );
}
