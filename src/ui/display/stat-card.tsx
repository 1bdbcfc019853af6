import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { EagerLink } from "../controls/eager-link";
import type { ReactNode } from "react";
import { InfoTip } from "../controls/info-tip";
import { percentText } from "../format/number";
import { Sparkline } from "./sparkline";

export type StatChange = {
  /** Now against before, as a ratio: 0.125 is +12.5%. Null: nothing before to compare with. */
  ratio: number | null;
  /** "vs previous 30 days". */
  label: string;
  /** Whether growing is good; churn and errors say "down". */
  good?: "up" | "down";
};

export type StatCardProps = {
  label: string;
  value: ReactNode;
  /** A second, fainter figure: "of 1,204". */
  detail?: ReactNode;
  change?: StatChange;
  sparkline?: readonly (number | null)[];
  /** How the number is counted; shown in a tooltip. */
  definition?: string;
  /** The filtered list behind the number. */
  href?: string;
};

/** One number with its change, its course and its definition; it leads to the list it counts. */
export function StatCard({
  label,
  value,
  detail,
  change,
  sparkline,
  definition,
  href,
}: StatCardProps) {
  return (
    <div className="relative flex min-w-0 flex-col gap-1 rounded-lg border bg-canvas p-4 transition-colors has-[a:hover]:border-line-strong has-[a:hover]:bg-subtle">
      <div className="flex min-h-6 items-center justify-between gap-2">
        {href ? (
          <EagerLink
            href={href}
            className="truncate text-sm text-ink-muted after:absolute after:inset-0 after:rounded-lg"
          >
            {label}
          </EagerLink>
        ) : (
          <span className="truncate text-sm text-ink-muted">{label}</span>
        )}
        {definition ? (
          <span className="relative z-10 -mr-1.5 flex">
            <InfoTip about={label}>{definition}</InfoTip>
          </span>
        ) : null}
      </div>
      <div className="flex items-center justify-between gap-3">
        <p className="text-xl font-semibold whitespace-nowrap">{value}</p>
        {sparkline ? (
          <span className="flex min-w-0 overflow-hidden">
            <Sparkline
              values={sparkline}
              label={`${label} over time`}
              width={72}
            />
          </span>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-x-3 text-xs text-ink-faint">
        {detail ? <span>{detail}</span> : null}
        {change ? <Change {...change} /> : null}
      </div>
    </div>
  );
}

function Change({ ratio, label, good = "up" }: StatChange) {
  if (ratio === null) return <p>No earlier period</p>;
  const Icon =
    ratio === 0 ? ArrowRight : ratio > 0 ? ArrowUpRight : ArrowDownRight;
  const isGood = ratio > 0 === (good === "up");
  const color =
    ratio === 0 ? "text-ink-muted" : isGood ? "text-success" : "text-danger";
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1">
      <span className={`inline-flex items-center gap-0.5 font-medium ${color}`}>
        <Icon aria-hidden className="h-3 w-3" />
        {ratio > 0 ? "+" : ""}
        {percentText(ratio)}
      </span>
      <span>{label}</span>
    </p>
  );
}
