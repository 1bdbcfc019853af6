import { countText } from "@/ui/format/number";
import type { PlanTerms } from "../contract/terms";
import {
  chargeLines,
  featureText,
  intervalNames,
  modelNames,
  unitPriceText,
} from "./plan-words";
import { formatMoney } from "@/shared/money";

export type Difference = {
  /** "Price, USD a month". */
  label: string;
  /** Null: there was none. */
  before: string | null;
  /** Null: there is none any more. */
  after: string | null;
};

/** What other terms would change, in words; all of them when there were none. */
export function differences(
  before: PlanTerms | null,
  after: PlanTerms,
): Difference[] {
  const old = before ? said(before) : new Map<string, string>();
  const now = said(after);
  const labels = [...new Set([...now.keys(), ...old.keys()])];
  return labels
    .map((label) => ({
      label,
      before: old.get(label) ?? null,
      after: now.get(label) ?? null,
    }))
    .filter((line) => line.before !== line.after);
}

function said(terms: PlanTerms): Map<string, string> {
  const all = new Map<string, string>();
  for (const { interval, price } of terms.prices)
    all.set(
      `Price, ${price.currency} ${intervalNames[interval]}`,
      formatMoney(price),
    );
  if (terms.trial_days > 0) all.set("Trial", `${terms.trial_days} days`);
  if (terms.spend_cap)
    all.set("Spend cap", unitPriceText(terms.spend_cap.amount, "USD"));
  for (const [window, limit] of Object.entries(terms.limits ?? {}))
    if (limit !== null)
      all.set(`Calls, ${window.replace("_", " ")}`, countText(limit));
  for (const feature of terms.features) {
    const words = featureText(feature) || "Included";
    const isOver = feature.kind === "metered" && feature.overage;
    all.set(
      `Feature: ${feature.title}`,
      isOver ? `${words}, more is charged` : words,
    );
  }
  for (const charge of terms.charges)
    all.set(
      `Charge: ${charge.meter_title}, ${charge.currency}`,
      [modelNames[charge.charge.model], ...chargeLines(charge)].join("; "),
    );
  return all;
}
