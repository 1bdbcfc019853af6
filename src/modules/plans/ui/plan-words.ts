import { countText } from "@/ui/format/number";
import { formatMoney } from "@/shared/money";
import type { Charge } from "../contract/charge";
import type { PlanCharge, PlanFeature, PlanTerms } from "../contract/terms";

export const intervalNames = { month: "a month", year: "a year" } as const;

export const modelNames: Record<Charge["model"], string> = {
  per_unit: "Per unit",
  graduated: "Graduated tiers",
  volume: "Volume tiers",
  package: "Packages",
  flat: "Flat fee",
};

type Priced = PlanTerms["prices"][number];

/** "$29.00 a month"; "Free" for nothing. */
export function priceText({ price, interval }: Priced): string {
  return price.amount === 0
    ? `Free (${price.currency}, ${interval})`
    : `${formatMoney(price)} ${intervalNames[interval]}`;
}

/** An exact price in major units, at least with the digits of its currency: `$0.02`, `¥3`. */
export function unitPriceText(decimal: string, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: 12,
  });
  // Intl formats a decimal string exactly; only the type of its argument is narrower.
  return format.format(decimal as `${number}`);
}

/** "1,000 calls" of a count and the meter's unit, which may be none. */
export function amountText(amount: number | string, unit: string): string {
  const count = countText(Number(amount));
  if (!unit) return count;
  return `${count} ${Number(amount) === 1 || !/^[a-z]+$/.test(unit) ? unit : plural(unit)}`;
}

function plural(unit: string): string {
  if (/(s|x|ch|sh)$/.test(unit)) return `${unit}es`;
  return unit.endsWith("y") ? `${unit.slice(0, -1)}ies` : `${unit}s`;
}

/** What a customer gets of a feature: "1,000 calls a period"; empty for one that is simply had. */
export function featureText(feature: PlanFeature): string {
  if (feature.kind === "boolean") return feature.value ? "" : "Not included";
  if (feature.kind === "static")
    return Array.isArray(feature.value)
      ? feature.value.join(", ")
      : String(feature.value);
  const { quota, unit } = feature;
  return quota === null ? "Unlimited" : amountText(quota, unit);
}

/** Whether the plan gives it: a feature that is off, or a quota of 0, is none. */
export function isGranted(feature: PlanFeature): boolean {
  if (feature.kind === "boolean") return feature.value;
  return feature.kind === "static" || feature.quota !== 0;
}

/** Each part of a charge in a few words: "$0.02 per call". */
export function chargeLines({ charge, currency, unit }: PlanCharge): string[] {
  const money = (decimal: string) => unitPriceText(decimal, currency);
  const one = unit || "unit";
  switch (charge.model) {
    case "flat":
      return [`${money(charge.price)} once anything was used`];
    case "per_unit":
      return [`${money(charge.unit_price)} per ${one}`];
    case "package":
      return [
        `${money(charge.package_price)} per begun ${amountText(charge.package_size, unit)}`,
      ];
    default: {
      const { tiers, model } = charge;
      return tiers.map(({ up_to, unit_price, flat_price }, at) => {
        const from = tiers[at - 1]?.up_to;
        const flat =
          flat_price && Number(flat_price) > 0
            ? `, plus ${money(flat_price)}`
            : "";
        const where =
          up_to === null
            ? from
              ? `above ${countText(Number(from))}`
              : "at any use"
            : `up to ${countText(Number(up_to))}`;
        const each = model === "volume" ? `per ${one} of all` : `per ${one}`;
        return `${where}: ${money(unit_price)} ${each}${flat}`;
      });
    }
  }
}

const windowNames = [
  ["per_second", "a second"],
  ["per_minute", "a minute"],
  ["per_hour", "an hour"],
  ["per_day", "a day"],
  ["per_month", "a month"],
] as const;

/** The windows that are limited: "60 calls a minute". */
export function limitLines(limits: PlanTerms["limits"]): string[] {
  if (!limits) return [];
  return windowNames.flatMap(([field, name]) => {
    const limit = limits[field];
    return limit === null ? [] : [`${amountText(limit, "call")} ${name}`];
  });
}

/** The currencies of the prices, each once. */
export function currenciesOf({ prices }: Pick<PlanTerms, "prices">): string[] {
  return [...new Set(prices.map(({ price }) => price.currency))];
}
