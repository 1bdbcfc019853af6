import { countText } from "../format/number";

export type ProgressProps = { label: string; value: number; max: number };

/** How much of some work is done. */
export function Progress({ label, value, max }: ProgressProps) {
  const share = max > 0 ? Math.min(value / max, 1) : 1;
  const figures = `${countText(value)} of ${countText(max)}`;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex justify-between gap-3 text-sm">
        <span className="font-medium">{label}</span>
        <span className="text-ink-muted">{figures}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={figures}
        className="h-2 overflow-hidden rounded-full bg-muted"
      >
        <span
          className="block h-full rounded-full bg-accent motion-safe:transition-[width]"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
