import type { ReactNode } from "react";
import { windowNames } from "@/ui/format/window-names";
import type { UsageSummary } from "@/modules/usage/contract";
import { Card } from "@/ui/display/card";
import { Meter } from "@/ui/display/meter";

/** The five windows as they are now. */
export function WindowsCard({
  usage,
  action,
}: {
  usage: UsageSummary;
  /** A way to higher ones. */
  action: ReactNode;
}) {
  const { current, limits } = usage;
  return (
    <Card
      title="Limits now"
      description="Calls beyond a limit are refused, and say when to try again"
      actions={action}
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
