import { timeText } from "@/ui/format/time";
import { countText, percentText } from "@/ui/format/number";
import { Card } from "@/ui/display/card";
import { Meter } from "@/ui/display/meter";
import type {
  ProjectedAmount,
  QuotaUse,
  SpendCapUse,
} from "../contract/quotas";
import { dollarText } from "./dollars";

export type QuotaMetersProps = {
  quotas: readonly QuotaUse[];
  spendCap: SpendCapUse | null;
  /** The customer's time zone, in which the day of the reset is told. */
  timeZone: string;
};

/** What is used of each quota and of the spend cap in the billing period, and where it is heading. */
export function QuotaMeters({ quotas, spendCap, timeZone }: QuotaMetersProps) {
  if (quotas.length === 0 && !spendCap)
    return (
      <p className="text-sm text-ink-muted">
        Neither a quota nor a spend cap is set.
      </p>
    );
  const noteOf = (resetsAt: string, projection: ProjectedAmount) =>
    [
      projected(projection),
      `Resets on ${timeText(new Date(resetsAt), "date", timeZone)}`,
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
      {quotas.map((quota) => (
        <Meter
          key={quota.meter}
          label={quota.title}
          used={quota.used}
          limit={quota.limit}
          unit={quota.unit && `${quota.unit}s`}
          note={noteOf(quota.resets_at, quota.projection)}
          {...marker(quota.projection)}
        />
      ))}
      {spendCap ? (
        <Meter
          label="Spend cap"
          used={Number(spendCap.used)}
          limit={spendCap.limit === null ? null : Number(spendCap.limit)}
          format={dollarText}
          note={noteOf(spendCap.resets_at, spendCap.projection)}
          {...marker(spendCap.projection)}
        />
      ) : null}
    </div>
  );
}

/** The same in a card. */
export function QuotasCard(props: QuotaMetersProps) {
  return (
    <Card
      title="Quotas of this billing period"
      description="Hatched: where the period is expected to end. Ticks at 80, 90 and 100%"
    >
      <QuotaMeters {...props} />
    </Card>
  );
}

function marker(projection: ProjectedAmount) {
  return projection ? { projected: projection.expected } : {};
}

function projected(projection: ProjectedAmount): string | null {
  if (!projection) return null;
  return projection.percentage === null
    ? `Heading for ${countText(Math.round(projection.expected))}`
    : `Heading for ${percentText(projection.percentage / 100)}`;
}
