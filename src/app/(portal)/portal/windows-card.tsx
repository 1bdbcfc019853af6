"use client";

import { useRead } from "@/client/query";
import { windowNames } from "@/modules/limits/ui/window-names";
import { usageApi, type UsageSummary } from "@/modules/usage/contract";
import { Card } from "@/ui/display/card";
import { Meter } from "@/ui/display/meter";

// A customer's people have 60 calls a minute of our own API, for all that they do.
const everyMs = 10_000;

/** The five windows as they are now. */
export function WindowsCard({ usage }: { usage: UsageSummary }) {
  const { data } = useRead(
    usageApi.own,
    { query: {} },
    { initialData: usage, everyMs },
  );
  const { current, limits } = data ?? usage;
  return (
    <Card
      title="Limits now"
      description="Calls beyond a limit are refused, and say when to try again"
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-5">
        {windowNames.map(({ window, field, label }) => (
          <Meter
            key={window}
            label={label}
            used={current[window]}
            limit={limits[field]}
          />
        ))}
      </div>
    </Card>
  );
}
