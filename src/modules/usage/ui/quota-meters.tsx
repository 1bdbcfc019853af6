import { countText, percentText } from "@/ui/format/number";
import { Card } from "@/ui/display/card";
import { QuotaMeter } from "@/ui/display/quota-meter";
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
  return (
    <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
      {quotas.map((quota) => (
        <QuotaMeter
          key={quota.meter}
          title={quota.title}
          unit={quota.unit}
          used={quota.used}
          limit={quota.limit}
          resetsAt={quota.resets_at}
          timeZone={timeZone}
          {...marker(quota.projection)}
        >
          <Heading projection={quota.projection} />
        </QuotaMeter>
      ))}
      {spendCap ? (
        <QuotaMeter
          title="Spend cap"
          used={Number(spendCap.used)}
          limit={spendCap.limit === null ? null : Number(spendCap.limit)}
          resetsAt={spendCap.resets_at}
          timeZone={timeZone}
          format={dollarText}
          {...marker(spendCap.projection)}
        >
          <Heading projection={spendCap.projection} />
        </QuotaMeter>
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

function Heading({ projection }: { projection: ProjectedAmount }) {
  if (!projection) return null;
  const { expected, percentage } = projection;
  const amount =
    percentage === null
      ? countText(Math.round(expected))
      : percentText(percentage / 100);
  return (
    <span className="text-xs text-ink-faint">Heading for {amount} by then</span>
  );
}
