"use client";

import { useRead } from "@/client/query";
import { failureOf } from "@/client/failure";
import { Callout } from "@/ui/display/callout";
import { Meter } from "@/ui/display/meter";
import { Skeleton } from "@/ui/display/skeletons";
import { countText } from "@/ui/format/number";
import { windowNames } from "@/ui/format/window-names";
import { limitsApi } from "../contract";

const everyMs = 3_000;

/** The five windows of a customer as they are now, asked for again every three seconds. */
export function WindowMeters({ customerId }: { customerId: string }) {
  const { data, error } = useRead(
    limitsApi.get,
    { params: { customer_id: customerId } },
    { everyMs },
  );
  if (!data && error)
    return (
      <Callout tone="danger" title="The limits could not be loaded">
        {failureOf(error).message}
      </Callout>
    );
  if (!data) return <MetersSkeleton />;
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-5">
      {windowNames.map(({ window, field, label }) => {
        const used = data.usage[window];
        const limit = data.limits[field];
        return (
          <Meter
            key={window}
            label={label}
            used={used}
            limit={limit}
            note={noteOf(used, limit)}
          />
        );
      })}
    </div>
  );
}

function noteOf(used: number, limit: number | null): string {
  if (limit === null) return "No limit";
  if (limit === 0) return "Every call is refused";
  return `${countText(Math.max(limit - used, 0))} left`;
}

function MetersSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading limits"
      className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-5"
    >
      {windowNames.map(({ window }) => (
        <div key={window} className="flex flex-col gap-2">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-2 w-full" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
