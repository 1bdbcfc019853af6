import type { DraftLine } from "@/modules/invoices";
import type { Discount } from "@/modules/invoices/contract/totals";
import {
  decimalText,
  divideRounded,
  fromMinor,
  scaled,
} from "@/shared/decimal";
import { minorDigits } from "@/shared/money";
import type { Period } from "./period";
import { prorate, splitAt } from "./proration";
import { priceOfPeriod, type Sub } from "./subscription";

/** What is bought, with the name that bills give it. */
export type Named = { sub: Sub; planName: string };

const words = { month: "monthly", year: "yearly" };

/** The fee of a period, in advance; coupons lower it, and nothing else. */
export function baseFee({ sub, planName }: Named, period: Period): DraftLine[] {
  const minor = priceOfPeriod(sub);
  if (minor === 0n) return [];
  return [
    {
      kind: "base_fee",
      description: `${planName}, ${words[sub.interval]}`,
      quantity: String(sub.quantity),
      unitPrice: decimalText(
        fromMinor(sub.unitMinor, minorDigits(sub.currency)),
      ),
      minor,
      isDiscountable: true,
      periodStart: period.start,
      periodEnd: period.end,
    },
  ];
}

/** What a price comes to after a coupon, as the sums of an invoice reckon it. */
export function netOf(minor: bigint, discount: Discount | null): bigint {
  if (!discount) return minor;
  const wanted =
    "amount" in discount
      ? discount.amount
      : divideRounded(minor * scaled(discount.percent), scaled("100"));
  return wanted < minor ? minor - wanted : 0n;
}

/** What changing terms in the middle of a period gives back, and what it charges for the rest. */
export function prorationLines(
  from: Named,
  to: Named,
  period: Period,
  at: Date,
  discount: Discount | null,
): DraftLine[] {
  const { credit, charge } = prorate(
    netOf(priceOfPeriod(from.sub), discount),
    netOf(priceOfPeriod(to.sub), discount),
    period,
    at,
  );
  const rest = { start: at, end: period.end };
  return [
    ...proration(`Unused time on ${nameOf(from)}`, credit, rest),
    ...proration(`Rest of the period on ${nameOf(to)}`, charge, rest),
  ];
}

/** What was paid for the rest of a period, given back. */
export function unusedLines(
  from: Named,
  period: Period,
  at: Date,
  discount: Discount | null,
): DraftLine[] {
  const paid = netOf(priceOfPeriod(from.sub), discount);
  const { unused } = splitAt(paid, period, at);
  const rest = { start: at, end: period.end };
  return proration(`Unused time on ${nameOf(from)}`, -unused, rest);
}

function proration(
  description: string,
  minor: bigint,
  { start, end }: Period,
): DraftLine[] {
  if (minor === 0n) return [];
  return [
    {
      ...{ kind: "proration", description, minor, isDiscountable: false },
      ...{ periodStart: start, periodEnd: end },
    },
  ];
}

const nameOf = ({ sub, planName }: Named) =>
  sub.quantity === 1 ? planName : `${planName} × ${sub.quantity}`;
