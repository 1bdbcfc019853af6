import type { OwnQuotas, Quotas } from "../contract/quotas";

/** What is typed for a meter; `count` is NaN while the field is empty. */
export type QuotaRow = {
  meter: string;
  isUnlimited: boolean;
  count: number;
  overage: boolean;
};

/** `cap` says whether there is a spend cap of its own, and of how much. */
export type QuotaValues = {
  rows: QuotaRow[];
  cap: "none" | "amount" | "unlimited";
  spend: string;
};

export const quotaLabels: Readonly<Record<string, string>> = {
  "rows.*.meter": "Meter",
  "rows.*.count": "The quota",
  spend: "The spend cap",
};

/** What is of these quotas' owner itself, and not its plan's or the default's. */
export function ownOf(
  { quotas, spend_cap }: Quotas,
  owner: "customer" | "key",
): OwnQuotas {
  return {
    quotas: quotas
      .filter(({ source }) => source === owner)
      .map(({ base, ...quota }) => ({ ...quota, limit: base })),
    spend_cap:
      spend_cap?.source === owner
        ? { amount: spend_cap.base, currency: "USD" }
        : null,
  };
}

/** The form's values for what is set. */
export function toQuotaValues({ quotas, spend_cap }: OwnQuotas): QuotaValues {
  return {
    rows: quotas.map(({ meter, limit, overage }) => ({
      meter,
      isUnlimited: limit === null,
      count: limit ?? NaN,
      overage,
    })),
    cap: !spend_cap
      ? "none"
      : spend_cap.amount === null
        ? "unlimited"
        : "amount",
    spend: spend_cap?.amount ?? "",
  };
}

/** The API's quotas for what was typed. */
export function toQuotasBody({ rows, cap, spend }: QuotaValues) {
  return {
    quotas: rows.map(({ meter, isUnlimited, count, overage }) => ({
      meter,
      limit: isUnlimited ? null : count,
      overage,
    })),
    spend_cap:
      cap === "none"
        ? null
        : {
            amount: cap === "unlimited" ? null : spend.trim(),
            currency: "USD",
          },
  };
}

/** The field in which a path of the API was typed. */
export function toQuotaField(path: string): string {
  if (path.startsWith("spend_cap")) return "spend";
  return path.replace(/^quotas/, "rows").replace(/limit$/, "count");
}

/** `$12.50`; as many more digits as a fraction of a cent needs. */
export function dollars(amount: number): string {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: Math.abs(amount) < 1 ? 4 : 2,
  }).format(amount);
}
