import { StatCard } from "@/ui/display/stat-card";
import { countText, percentText } from "@/ui/format/number";
import type { TicketStats } from "../contract";
import { durationText } from "./ticket-words";

/** How support stands: what waits, and how long answers take. */
export function StatsCards({ stats }: { stats: TicketStats }) {
  const { first_response, resolution, satisfaction, days } = stats;
  const inTime =
    first_response.count === 0
      ? null
      : 1 - Math.min(1, stats.answered_late / first_response.count);
  return (
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <StatCard
        label="Not over"
        value={countText(stats.open)}
        detail={`${countText(stats.by_status.open)} wait for us`}
        definition="Tickets that are open, pending or on hold."
        href="/tickets?is_live=true"
      />
      <StatCard
        label="Overdue"
        value={countText(stats.overdue)}
        detail={`${countText(stats.unassigned ?? 0)} with nobody`}
        definition="An answer was owed by now, by the target of the customer’s plan and the priority."
        href="/tickets?is_overdue=true"
      />
      <StatCard
        label="First answer"
        value={durationText(first_response.median_seconds)}
        detail={
          inTime === null
            ? `Median of ${days} days`
            : `Median · ${percentText(inTime)} in time`
        }
        definition={`The median time from a ticket’s opening to our first answer, of the last ${days} days. One in ten took longer than ${durationText(first_response.p90_seconds)}.`}
      />
      <StatCard
        label="Resolved after"
        value={durationText(resolution.median_seconds)}
        detail={
          satisfaction.average === null
            ? `${countText(resolution.count)} in ${days} days`
            : `${countText(resolution.count)} in ${days} days · rated ${satisfaction.average.toFixed(1)} of 5`
        }
        definition={`The median time from a ticket’s opening until it was resolved, of the last ${days} days.`}
      />
    </div>
  );
}
