import { Badge } from "@/ui/display/badge";
import { QuotaMeter } from "@/ui/display/quota-meter";
import { countText } from "@/ui/format/number";
import type { Quotas } from "../contract/quotas";
import { SourceBadge } from "./source-badge";
import { dollars } from "./quota-values";

export type QuotasListProps = {
  quotas: Quotas;
  /** The zone of whom they are about. */
  timeZone: string;
  /** Says whose each one is: for staff. */
  withSource?: boolean;
};

/** The quotas and the spend cap of a customer or key, as meters. */
export function QuotasList({ quotas, timeZone, withSource }: QuotasListProps) {
  const { spend_cap: cap } = quotas;
  if (quotas.quotas.length === 0 && !cap)
    return (
      <p className="text-sm text-ink-muted">
        Nothing but the rate windows limits use.
      </p>
    );
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
      {quotas.quotas.map((quota) => (
        <QuotaMeter
          key={quota.meter}
          title={quota.title}
          unit={quota.unit}
          used={quota.used}
          limit={quota.limit}
          held={quota.held}
          resetsAt={quota.resets_at}
          timeZone={timeZone}
        >
          {withSource ? <SourceBadge source={quota.source} /> : null}
          {quota.boost > 0 ? (
            <Badge tone="success">{`+${countText(quota.boost)} boost`}</Badge>
          ) : null}
          {quota.overage ? <Badge>More is billed</Badge> : null}
        </QuotaMeter>
      ))}
      {cap ? (
        <QuotaMeter
          title="Spend"
          used={Number(cap.used)}
          limit={cap.amount === null ? null : Number(cap.amount)}
          held={Number(cap.held)}
          resetsAt={cap.resets_at}
          timeZone={timeZone}
          format={dollars}
        >
          {withSource ? <SourceBadge source={cap.source} /> : null}
          {Number(cap.boost) > 0 ? (
            <Badge tone="success">{`+${dollars(Number(cap.boost))} boost`}</Badge>
          ) : null}
        </QuotaMeter>
      ) : null}
    </div>
  );
}
