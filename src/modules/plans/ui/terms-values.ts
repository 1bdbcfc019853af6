import { formatMoney, parseMoney } from "@/shared/money";
import { windows } from "@/shared/windows";
import type { Charge } from "../contract/charge";
import type { Interval, PlanFeature, PlanTerms } from "../contract/terms";

export type PriceRow = { currency: string; interval: Interval; amount: string };
export type FeatureRow = {
  feature: string;
  title: string;
  kind: PlanFeature["kind"];
  isOn: boolean;
  /** of a static one: text, a number, or several with commas */
  text: string;
  meter: string;
  isUnlimited: boolean;
  quota: number;
  overage: boolean;
};
export type TierRow = { up_to: string; unit_price: string; flat_price: string };
export type ChargeRow = {
  meter: string;
  currency: string;
  model: Charge["model"];
  /** of a flat, per-unit or package charge */
  amount: string;
  size: string;
  /** the last has no end, whatever is typed there */
  tiers: TierRow[];
};

type WindowField = `per_${(typeof windows)[number]}`;

/** What the editor holds: amounts as typed, NaN for an empty count. */
export type TermsValues = {
  prices: PriceRow[];
  trial_days: number;
  hasLimits: boolean;
  limits: Record<WindowField, number>;
  features: FeatureRow[];
  charges: ChargeRow[];
  spend_cap: string;
};

export const blankTier: TierRow = { up_to: "", unit_price: "", flat_price: "" };

export const blankFeature: FeatureRow = {
  ...{ feature: "", title: "", kind: "metered", isOn: true, text: "" },
  ...{ meter: "", isUnlimited: false, quota: NaN, overage: false },
};

export const blankCharge: ChargeRow = {
  ...{ meter: "", currency: "USD", model: "per_unit", amount: "", size: "" },
  tiers: [blankTier],
};

export function toTermsValues(terms: PlanTerms): TermsValues {
  return {
    prices: terms.prices.map(({ interval, price }) => ({
      interval,
      currency: price.currency,
      amount: plainMoney(price),
    })),
    trial_days: terms.trial_days,
    hasLimits: terms.limits !== null,
    limits: eachWindow((window) => terms.limits?.[window] ?? NaN),
    features: terms.features.map(toFeatureRow),
    charges: terms.charges.map(({ meter, currency, charge }) => ({
      ...blankCharge,
      ...{ meter, currency, model: charge.model },
      ...toChargeRow(charge),
    })),
    spend_cap: terms.spend_cap?.amount ?? "",
  };
}

/** The body that the endpoint gets. */
export function toTermsBody(values: TermsValues): Record<string, unknown> {
  return {
    trial_days: Number.isNaN(values.trial_days) ? 0 : values.trial_days,
    prices: values.prices.map(({ interval, currency, amount }) => ({
      interval,
      price: {
        // What is no exact amount is refused by priceProblems, in the words of the form.
        amount: minorOf(amount, currency) ?? 0,
        currency: currency.trim(),
      },
    })),
    limits: values.hasLimits
      ? eachWindow((window) =>
          Number.isNaN(values.limits[window]) ? null : values.limits[window],
        )
      : null,
    features: values.features.map(toFeature),
    charges: values.charges.map((row) => ({
      meter: row.meter,
      currency: row.currency.trim(),
      charge: toCharge(row),
    })),
    spend_cap: values.spend_cap.trim()
      ? { amount: values.spend_cap.trim(), currency: "USD" }
      : null,
  };
}

/** Amounts that are not exact, by the field they were typed in. */
export function priceProblems({ prices }: TermsValues): Record<string, string> {
  return Object.fromEntries(
    prices.flatMap(({ amount, currency }, at) =>
      minorOf(amount, currency) === null
        ? [
            [
              `prices.${at}.amount`,
              "must be an exact amount, such as 29 or 29.50",
            ],
          ]
        : [],
    ),
  );
}

/** The field in which a path of the API was typed. */
export function toTermsField(path: string): string {
  const [list = "", at = "", ...rest] = path.split(".");
  if (list === "prices") return `prices.${at}.${rest.at(-1)}`;
  if (list === "spend_cap") return list;
  if (list === "features" && rest[0] === "value") return `features.${at}.text`;
  if (list !== "charges" || rest[0] !== "charge") return path;
  const [, name = "model", ...inTier] = rest;
  if (name === "tiers") return ["charges", at, name, ...inTier].join(".");
  const typed = name === "package_size" ? "size" : "amount";
  return `charges.${at}.${name === "model" ? name : typed}`;
}

/** What the row charges, as the API takes it. */
export function toCharge(row: ChargeRow): Record<string, unknown> {
  const { model } = row;
  const amount = row.amount.trim();
  switch (model) {
    case "flat":
      return { model, price: amount };
    case "per_unit":
      return { model, unit_price: amount };
    case "package":
      return { model, package_price: amount, package_size: row.size.trim() };
    default:
      return {
        model,
        tiers: row.tiers.map((tier, at) => ({
          up_to: at === row.tiers.length - 1 ? null : tier.up_to.trim(),
          unit_price: tier.unit_price.trim(),
          ...(tier.flat_price.trim() && { flat_price: tier.flat_price.trim() }),
        })),
      };
  }
}

function toChargeRow(charge: Charge): Partial<ChargeRow> {
  switch (charge.model) {
    case "flat":
      return { amount: charge.price };
    case "per_unit":
      return { amount: charge.unit_price };
    case "package":
      return { amount: charge.package_price, size: charge.package_size };
    default:
      return {
        tiers: charge.tiers.map((tier) => ({
          up_to: tier.up_to ?? "",
          unit_price: tier.unit_price,
          flat_price: tier.flat_price ?? "",
        })),
      };
  }
}

function toFeatureRow(feature: PlanFeature): FeatureRow {
  const { feature: name, title, kind } = feature;
  const row = { ...blankFeature, feature: name, title, kind };
  if (feature.kind === "boolean") return { ...row, isOn: feature.value };
  if (feature.kind === "static")
    return { ...row, text: featureText(feature.value) };
  const { meter, quota, overage } = feature;
  const isUnlimited = quota === null;
  return { ...row, meter, isUnlimited, quota: quota ?? NaN, overage };
}

function toFeature(row: FeatureRow): Record<string, unknown> {
  const { title, kind } = row;
  const named = { feature: row.feature.trim(), title, kind };
  if (kind === "boolean") return { ...named, value: row.isOn };
  if (kind === "static") return { ...named, value: toValue(row.text) };
  const { meter, isUnlimited, quota } = row;
  return {
    ...named,
    meter,
    quota: isUnlimited ? null : quota,
    overage: row.overage && !isUnlimited,
  };
}

function featureText(value: unknown): string {
  if (Array.isArray(value)) return value.map(featureText).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function toValue(typed: string) {
  const one = (part: string) =>
    /^-?\d{1,15}(\.\d+)?$/.test(part) ? Number(part) : part;
  const parts = typed.split(",").map((part) => part.trim());
  return parts.length > 1 ? parts.map(one) : one(typed.trim());
}

function minorOf(amount: string, currency: string): number | null {
  if (!/^[A-Z]{3}$/.test(currency.trim())) return 0;
  return parseMoney(amount, currency.trim())?.amount ?? null;
}

/** "29.00": the amount as one would type it. */
function plainMoney(price: { amount: number; currency: string }): string {
  return formatMoney(price, "en-US").replace(/[^\d.]/g, "");
}

function eachWindow<T>(valueOf: (window: WindowField) => T) {
  const named = windows.map((window) => {
    const field: WindowField = `per_${window}`;
    return [field, valueOf(field)] as const;
  });
  return Object.fromEntries(named) as Record<WindowField, T>; // Safe: every window is named.
}
