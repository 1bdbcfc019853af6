import { Currency } from "@/shared/fields";
import { parseMoney } from "@/shared/money";

/** What of a coupon may change later; numbers are NaN while empty. */
export type LaterValues = {
  name: string;
  max_redemptions: number;
  expires_at: string | null;
};

export type CouponValues = LaterValues & {
  code: string;
  kind: "percent" | "amount";
  percent: string;
  amount: string;
  currency: string;
  duration: "once" | "repeating" | "forever";
  months: number;
};

export const blankCoupon: CouponValues = {
  code: "",
  name: "",
  kind: "percent",
  percent: "",
  amount: "",
  currency: "USD",
  duration: "once",
  months: NaN,
  max_redemptions: NaN,
  expires_at: null,
};

export const couponLabels = {
  code: "Code",
  name: "Name",
  kind: "Takes off",
  percent: "Percent",
  amount: "Amount",
  currency: "Currency",
  duration: "Counts",
  months: "Months",
  max_redemptions: "Uses at most",
  expires_at: "Until",
};

export const kinds = [
  { id: "percent", label: "A share" },
  { id: "amount", label: "An amount" },
];

export const durations = [
  { id: "once", label: "Once" },
  { id: "repeating", label: "For some months" },
  { id: "forever", label: "For good" },
];

/** The body for what was typed; what is not chosen is left out. */
export function toCouponBody(values: CouponValues): unknown {
  const { code, kind, percent, duration, months } = values;
  return {
    code: code.trim(),
    ...laterBody(values),
    ...(kind === "percent"
      ? { percent: percent.trim() }
      : { amount: amountOf(values) ?? undefined }),
    duration,
    ...(duration === "repeating" && {
      months: Number.isNaN(months) ? undefined : months,
    }),
  };
}

/** Where a path of the body was typed. */
export function toCouponField(path: string, { kind }: CouponValues): string {
  if (path === "percent" && kind === "amount") return "amount";
  return path.startsWith("amount") ? "amount" : path;
}

/** What of an amount makes no sense. */
export function checkCoupon(values: CouponValues): Record<string, string> {
  const { kind, currency } = values;
  if (kind === "percent") return {};
  const code = currency.trim().toUpperCase();
  if (!Currency.safeParse(code).success)
    return { currency: "must be three letters, such as USD" };
  if (amountOf(values)) return {};
  return { amount: `must be an exact amount of ${code}, such as 10.00` };
}

export function laterBody(values: LaterValues): object {
  const { name, max_redemptions: most, expires_at } = values;
  return {
    name: name.trim(),
    max_redemptions: Number.isNaN(most) ? null : most,
    expires_at,
  };
}

function amountOf({ amount, currency }: CouponValues) {
  const code = currency.trim().toUpperCase();
  return Currency.safeParse(code).success ? parseMoney(amount, code) : null;
}
