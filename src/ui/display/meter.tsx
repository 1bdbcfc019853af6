import type { ReactNode } from "react";
import { countText } from "../format/number";

export type MeterProps = {
  label: string;
  used: number;
  /** The allowance; null is unlimited, 0 allows nothing. */
  limit: number | null;
  /** "calls", "GB"; put after the numbers. */
  unit?: string;
  /** Where the use will be at the end of the period. */
  projected?: number;
  /** Under the bar: "Resets on Feb 1". */
  note?: ReactNode;
  /** Writes the figures; the default is 1,204. */
  format?: (value: number) => string;
};

export type MeterState = "unlimited" | "none" | "ok" | "near" | "high" | "full";

/** Where a use stands: near from 80%, high from 90%, full from 100% of its limit. */
export function meterState(used: number, limit: number | null): MeterState {
  if (limit === null) return "unlimited";
  if (limit === 0) return "none";
  const ratio = used / limit;
  if (ratio >= 1) return "full";
  if (ratio >= 0.9) return "high";
  return ratio >= 0.8 ? "near" : "ok";
}

const fills: Record<MeterState, string> = {
  unlimited: "bg-ink-faint",
  none: "bg-ink-faint",
  ok: "bg-accent",
  near: "bg-(--warning-fill)",
  high: "bg-(--warning-fill)",
  full: "bg-danger-fill",
};

const words: Partial<Record<MeterState, string>> = {
  none: "Not included",
  near: "80% reached",
  high: "90% reached",
  full: "Limit reached",
};

/** How much of an allowance is used, with ticks at 80, 90 and 100%. */
export function Meter({
  label,
  used,
  limit,
  unit = "",
  projected,
  note,
  format = countText,
}: MeterProps) {
  const state = meterState(used, limit);
  const figures =
    limit === null
      ? `${`${format(used)} ${unit}`.trim()} · unlimited`
      : `${format(used)} of ${format(limit)} ${unit}`;
  const alarm = words[state];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-sm font-medium">{label}</span>
        <span className="text-sm text-ink-muted">{figures.trim()}</span>
      </div>
      <Bar
        {...{ label, used, limit, state, projected }}
        text={figures.trim()}
      />
      <div className="flex flex-wrap justify-between gap-x-3 text-xs text-ink-faint">
        <span
          className={
            state === "full"
              ? "font-medium text-danger"
              : alarm && state !== "none"
                ? "font-medium text-warning"
                : ""
          }
        >
          {alarm ??
            (limit === null ? "" : `${Math.floor((used / limit) * 100)}% used`)}
        </span>
        {note ? <span>{note}</span> : null}
      </div>
    </div>
  );
}

type BarProps = {
  label: string;
  used: number;
  limit: number | null;
  state: MeterState;
  projected: number | undefined;
  text: string;
};

/** The bar is 110% wide, so that the tick of 100% is seen and overuse shows. */
function Bar({ label, used, limit, state, projected, text }: BarProps) {
  const width = (value: number) =>
    limit ? `${Math.min((value / limit) * (100 / 1.1), 100)}%` : "0%";
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit || Math.max(used, 1)}
      aria-valuenow={limit ? Math.min(used, limit) : used}
      aria-valuetext={text}
      className="relative h-2 overflow-hidden rounded-full bg-muted"
    >
      {projected !== undefined && limit ? (
        <span
          data-part="projection"
          className="hatched absolute inset-y-0 left-0"
          style={{ width: width(projected) }}
        />
      ) : null}
      <span
        data-part="fill"
        className={`absolute inset-y-0 left-0 ${fills[state]}`}
        style={{ width: width(used) }}
      />
      {limit
        ? [80, 90, 100].map((tick) => (
            <span
              key={tick}
              data-part="tick"
              className="absolute inset-y-0 w-px bg-ink opacity-40"
              style={{ left: `${tick / 1.1}%` }}
            />
          ))
        : null}
    </div>
  );
}
