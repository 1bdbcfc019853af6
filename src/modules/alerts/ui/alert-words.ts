import { countText, percentText } from "@/ui/format/number";
import { timeText } from "@/ui/format/time";
import type { Alert, AlertKind } from "../contract";

export const kindWords: Record<AlertKind, string> = {
  threshold: "Quota or cap",
  projection: "Projection",
  unpriced: "No price",
  expiring: "Access ends",
};

/** What an alert says: what happened, and by how much. */
export function alertWords(alert: Alert): { title: string; detail: string } {
  const meter = alert.meter?.title ?? "usage";
  const figures =
    alert.value !== null && alert.limit !== null
      ? `${amount(alert.value)} of ${amount(alert.limit)} ${unit(alert)}`.trim()
      : "";
  switch (alert.kind) {
    case "threshold":
      return {
        title: `${alert.threshold}% of ${meter} is used`,
        detail: [figures, sinceOf(alert)].filter(Boolean).join(" "),
      };
    case "projection":
      return {
        title: `${meter} will not last the billing period`,
        detail: `Heading for ${figures}${alert.percentage === null ? "" : `, ${percentText(alert.percentage / 100)}`}`,
      };
    case "unpriced":
      return {
        title: `${[alert.provider, alert.model].filter(Boolean).join(" / ")} has no price`,
        detail: "Usage of it came in, and the price book has no price for it",
      };
    case "expiring": {
      const at = alert.expires_at ? new Date(alert.expires_at) : null;
      const days = alert.threshold === 1 ? "a day" : `${alert.threshold} days`;
      return {
        title: `Access ends within ${days}`,
        detail: at ? `On ${timeText(at, "date", "UTC")}` : "",
      };
    }
    default:
      return alert.kind satisfies never;
  }
}

// Usage may come late, so that it passes a threshold of a period that is over.
function sinceOf({ period_start }: Alert): string {
  return period_start
    ? `since ${timeText(new Date(period_start), "date", "UTC")}`
    : "";
}

function unit({ meter }: Alert): string {
  return meter?.unit ? (meter.unit === "USD" ? "USD" : `${meter.unit}s`) : "";
}

function amount(text: string): string {
  const value = Number(text);
  return countText(
    value < 100 ? Math.round(value * 100) / 100 : Math.round(value),
  );
}
