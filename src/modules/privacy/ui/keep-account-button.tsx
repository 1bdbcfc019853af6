"use client";

import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";

/** Takes back that one's own account closes. */
export function KeepAccountButton({ size }: { size?: "sm" }) {
  const { isPending, act } = useAct();
  const keep = () =>
    act(
      async () => {
        // The contract comes when it is needed: the pages are lighter without it.
        const { privacyApi } = await import("../contract");
        await call(privacyApi.keep, {});
      },
      {
        done: "The account is kept",
        failed: "The account still closes",
      },
    );
  return (
    <Button
      {...(size && { size })}
      isPending={isPending}
      onPress={() => void keep()}
    >
      Keep account
    </Button>
  );
}
