import { countText, percentText } from "@/ui/format/number";
import { Skeleton } from "@/ui/display/skeletons";
import type { UsageSummary } from "../contract";
import { dollarText } from "./dollars";
import { millisecondsText } from "./usage-charts";

/** The sums of a period. Tokens and cost show only where there are any. */
export function UsageFigures({ usage }: { usage: UsageSummary }) {
  const { total_calls: calls, total_errors: errors } = usage;
  const average = usage.avg_response_time_ms;
  const p95 = usage.p95_response_time_ms;
  const hasTokens = usage.total_tokens > 0;
  const hasCost = !/^[0.]*$/.test(usage.total_cost);
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line md:grid-cols-4">
      <Figure
        label="Calls"
        value={countText(calls)}
        detail={`${countText(usage.lifetime_calls)} in all`}
      />
      <Figure
        label="Errors"
        value={countText(errors)}
        detail={calls > 0 ? percentText(errors / calls) : undefined}
      />
      <Figure label="Refused" value={countText(usage.total_refused)} />
      <Figure
        label="Response time"
        value={average === null ? "–" : millisecondsText(average)}
        detail={p95 === null ? undefined : `p95 ${millisecondsText(p95)}`}
      />
      {hasTokens ? (
        <Figure label="Tokens" value={countText(usage.total_tokens)} />
      ) : null}
      {hasCost ? (
        <Figure label="Cost" value={dollarText(usage.total_cost)} />
      ) : null}
      {hasTokens !== hasCost ? (
        <div className="bg-canvas md:col-span-3" />
      ) : hasTokens ? (
        <div className="bg-canvas max-md:hidden md:col-span-2" />
      ) : null}
    </dl>
  );
}

/** The row of sums before it has come. */
export function FiguresSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line md:grid-cols-4">
      {["Calls", "Errors", "Refused", "Response time"].map((label) => (
        <div key={label} className="flex flex-col gap-2 bg-canvas px-4 py-3">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-5 w-24" />
        </div>
      ))}
    </div>
  );
}

type FigureProps = {
  label: string;
  value: string;
  detail?: string | undefined;
};

function Figure({ label, value, detail }: FigureProps) {
  return (
    <div className="min-w-0 bg-canvas px-4 py-2.5">
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-lg font-semibold">{value}</span>
        {detail ? (
          <span className="text-xs text-ink-faint">{detail}</span>
        ) : null}
      </dd>
    </div>
  );
}
