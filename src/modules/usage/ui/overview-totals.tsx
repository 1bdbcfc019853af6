import { StatCard } from "@/ui/display/stat-card";
import { countText, percentText } from "@/ui/format/number";
import type { UsageTrends } from "../contract";
import { dollarText } from "./dollars";
import { changeOf } from "./overview-data";
import { millisecondsText } from "./usage-charts";

/** The sums of a period, each with its change since the period before. */
export function OverviewTotals({ data }: { data: UsageTrends }) {
  const { totals: now, previous: before } = data;
  const change = (
    value: number | null,
    last: number | null | undefined,
    good: "up" | "down" = "up",
  ) => ({
    ratio: value === null || !last ? null : changeOf(value, last),
    label: "vs period before",
    good,
  });
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <StatCard
        label="Calls"
        value={countText(now.calls)}
        change={change(now.calls, before?.calls)}
      />
      <StatCard
        label="Refused"
        value={countText(now.refused)}
        change={change(now.refused, before?.refused, "down")}
        definition="Calls that an access check turned away. They are in no other number."
      />
      <StatCard
        label="Errors"
        value={countText(now.errors)}
        detail={
          now.calls > 0 ? `${percentText(now.errors / now.calls)} of calls` : ""
        }
        change={change(now.errors, before?.errors, "down")}
        definition="Calls answered with a status of 400 or more."
      />
      <StatCard
        label="Tokens"
        value={countText(now.tokens)}
        change={change(now.tokens, before?.tokens)}
        definition="Input and output tokens together."
      />
      <StatCard
        label="Cost"
        value={dollarText(now.cost)}
        change={change(Number(now.cost), Number(before?.cost ?? 0), "down")}
        definition="What providers charge for it, by the price book or as events said."
      />
      <StatCard
        label="Response time, p95"
        value={
          now.p95_response_time_ms === null
            ? "–"
            : millisecondsText(now.p95_response_time_ms)
        }
        change={change(
          now.p95_response_time_ms,
          before?.p95_response_time_ms,
          "down",
        )}
        definition="So long or less took 95 of 100 calls that said how long they took."
      />
    </div>
  );
}
