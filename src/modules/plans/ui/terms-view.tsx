import type { ReactNode } from "react";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import type { PlanTerms } from "../contract/terms";
import {
  chargeLines,
  featureText,
  limitLines,
  modelNames,
  priceText,
  unitPriceText,
} from "./plan-words";

/** The terms of a version, to read. */
export function TermsView({ terms }: { terms: PlanTerms }) {
  const { prices, features, charges, limits, spend_cap, trial_days } = terms;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Price">
        <DescriptionList
          items={[
            { label: "Base fee", value: lines(prices.map(priceText)) },
            {
              label: "Trial",
              value: trial_days > 0 ? `${trial_days} days` : "None",
            },
            {
              label: "Spend cap",
              value: spend_cap
                ? `${unitPriceText(spend_cap.amount, "USD")} of usage a period`
                : "None",
            },
            {
              label: "Limits",
              value: limits
                ? (lines(limitLines(limits)) ?? "Unlimited")
                : "The default limits",
            },
          ]}
        />
      </Card>
      <Card title="Features">
        {features.length === 0 ? (
          <None>It grants no features.</None>
        ) : (
          <DescriptionList
            items={features.map((feature) => ({
              label: feature.title,
              value:
                feature.kind === "metered" && feature.overage
                  ? `${featureText(feature)}, more is charged`
                  : featureText(feature) || "Included",
            }))}
          />
        )}
      </Card>
      <Card title="Charges for use" className="lg:col-span-2">
        {charges.length === 0 ? (
          <None>Nothing is charged beyond the base fee.</None>
        ) : (
          <DescriptionList
            items={charges.map((charge) => ({
              label: `${charge.meter_title}, ${charge.currency}`,
              value: lines([
                modelNames[charge.charge.model],
                ...chargeLines(charge),
              ]),
            }))}
          />
        )}
      </Card>
    </div>
  );
}

function None({ children }: { children: ReactNode }) {
  return <p className="text-sm text-ink-muted">{children}</p>;
}

function lines(all: string[]): ReactNode {
  if (all.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5">
      {all.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
