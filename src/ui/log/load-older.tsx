"use client";

import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import type { useOlder } from "./use-older";

type LoadOlderProps = ReturnType<typeof useOlder>["older"] & {
  /** what the log holds, as "entries" */
  things: string;
};

/** The button under a log that brings older items, and what went wrong with it. */
export function LoadOlder({
  cursor,
  isPending,
  failure,
  loadOlder,
  things,
}: LoadOlderProps) {
  return (
    <>
      {failure ? (
        <div className="p-4">
          <Callout tone="danger" title={`Older ${things} could not be loaded`}>
            {failure}
          </Callout>
        </div>
      ) : null}
      {cursor ? (
        <div className="flex justify-center border-t p-3">
          <Button isPending={isPending} onPress={() => void loadOlder(cursor)}>
            Load more
          </Button>
        </div>
      ) : null}
    </>
  );
}
