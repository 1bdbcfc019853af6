import { apportion, divideRounded, scaled } from "@/shared/decimal";

/** A line before discounts and tax: minor units, negative for what is given back. */
export type TotalsLine = {
  amount: bigint;
  /** the rate that it is taxed by; null is none */
  rate: TotalsRate | null;
  /** whether coupons lower it */
  isDiscountable: boolean;
};

export type TotalsRate = {
  id: string;
  /** percent, decimal text */
  percent: string;
  isInclusive: boolean;
  /** the buyer owes it to their own state: shown, not charged */
  isReverseCharge: boolean;
};

export type Discount = { percent: string } | { amount: bigint };

export type Totals = {
  lines: { discount: bigint; tax: bigint }[];
  taxes: { rate: TotalsRate; taxable: bigint; tax: bigint }[];
  /** of the lines after discounts, without tax */
  subtotal: bigint;
  discount: bigint;
  tax: bigint;
  /** what is to be paid: subtotal + tax */
  total: bigint;
};

/**
 * The sums of an invoice. A discount never exceeds what the discountable lines come to, and is
 * shared out over them by amount; tax is computed once per rate over the sum of its lines, rounded
 * half away from zero, and shared out over them likewise: so lines sum to the totals exactly.
 */
export function totalsOf(
  lines: TotalsLine[],
  discount: Discount | null,
): Totals {
  const discounts = shareDiscount(lines, discount);
  const net = lines.map(({ amount }, i) => amount - (discounts[i] ?? 0n));
  const tax = lines.map(() => 0n);
  const taxes: Totals["taxes"] = [];
  let included = 0n;
  for (const rate of ratesOf(lines)) {
    const members = lines.flatMap((line, i) =>
      line.rate?.id === rate.id ? [i] : [],
    );
    const amounts = members.map((i) => net[i] ?? 0n);
    const sum = add(amounts);
    const due = rate.isReverseCharge ? 0n : taxOn(sum, rate);
    const shares = apportion(due, amounts.map(magnitude));
    for (const [k, i] of members.entries()) tax[i] = shares[k] ?? 0n;
    const taxable = rate.isInclusive ? sum - due : sum;
    taxes.push({ rate, taxable, tax: due });
    if (rate.isInclusive) included += due;
  }
  const gross = add(net);
  const taxed = add(tax);
  const subtotal = gross - included;
  return {
    lines: lines.map((_, i) => ({
      discount: discounts[i] ?? 0n,
      tax: tax[i] ?? 0n,
    })),
    taxes,
    subtotal,
    discount: add(discounts),
    tax: taxed,
    total: subtotal + taxed,
  };
}

function shareDiscount(
  lines: TotalsLine[],
  discount: Discount | null,
): bigint[] {
  const amounts = lines.map(({ amount, isDiscountable }) =>
    isDiscountable && amount > 0n ? amount : 0n,
  );
  const most = add(amounts);
  if (!discount || most === 0n) return lines.map(() => 0n);
  const wanted =
    "amount" in discount
      ? discount.amount
      : divideRounded(most * scaled(discount.percent), scaled("100"));
  return apportion(wanted < most ? wanted : most, amounts);
}

// Of an amount that holds its tax: amount × p ÷ (100 + p).
function taxOn(amount: bigint, { percent, isInclusive }: TotalsRate): bigint {
  const rate = scaled(percent);
  const hundred = scaled("100");
  return divideRounded(amount * rate, isInclusive ? hundred + rate : hundred);
}

function ratesOf(lines: TotalsLine[]): TotalsRate[] {
  const rates = new Map<string, TotalsRate>();
  for (const { rate } of lines) if (rate) rates.set(rate.id, rate);
  return [...rates.values()];
}

const add = (amounts: bigint[]) => amounts.reduce((sum, n) => sum + n, 0n);
const magnitude = (n: bigint) => (n < 0n ? -n : n);
