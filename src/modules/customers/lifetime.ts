import { money, type Money } from "@/shared/money";

/** Days of a month, 365.25 / 12, as a fraction. */
const month = { days: 487n, per: 16n };
/** Nobody is expected to stay longer than five years from now, however few have left yet. */
export const mostMonths = 60;

/** How long customers have stayed: days of all of them together, and how many have left. */
export type Stays = { days: bigint; customers: bigint; departed: bigint };

/** A length of time in days, as a fraction. */
type Days = { over: bigint; under: bigint };

/**
 * How long a customer is expected to stay from now on: the days that all customers have stayed, by
 * those who left (archived). It is the maximum-likelihood estimate of the mean of an exponential
 * lifetime whose end is not seen yet for those who are there (one by the monthly churn), and, as
 * that has no memory, the same for old customers as for new. At most `mostMonths`.
 */
export function expectedStay({ days, departed }: Stays): Days {
  const most = { over: BigInt(mostMonths) * month.days, under: month.per };
  const isMore = days * most.under >= most.over * departed;
  return isMore ? most : { over: days, under: departed };
}

/** A time in months, to a tenth. */
export function inMonths({ over, under }: Days): number {
  return Number(divided(over * 10n * month.per, under * month.days)) / 10;
}

/** What a customer has brought and is expected to bring, in all. */
export type Life = {
  /** what was paid, less what was refunded */
  revenue: Money;
  /** whole days from the first on; to the last, if it has left */
  days: number;
  hasLeft: boolean;
};

/**
 * Customer lifetime value: revenue so far + average revenue a month × months that it is expected to
 * stay from now on, which are none for one who has left. A stay of less than a month counts as one.
 */
export function lifetimeValue({ revenue, days, hasLeft }: Life, stay: Days) {
  const { amount, currency } = revenue;
  const lived = atLeastMonth({ over: BigInt(days), under: 1n });
  const paid = BigInt(amount);
  const ahead = hasLeft ? { over: 0n, under: 1n } : stay;
  const coming = divided(
    paid * ahead.over * lived.under,
    ahead.under * lived.over,
  );
  return {
    months: inMonths({ over: BigInt(days), under: 1n }),
    average_per_month: perMonth(paid, lived, currency),
    expected_months: inMonths(ahead),
    expected_value: money(paid + coming, currency),
  };
}

/**
 * What a customer is worth on average: average revenue a month × months that one is expected to
 * stay. `value` is the average revenue so far; customers of all currencies say how long that took.
 */
export function averageLifetimeValue(
  { amount, currency }: Money,
  stays: Stays,
): Money {
  const lived = atLeastMonth({
    over: stays.days,
    under: stays.customers > 0n ? stays.customers : 1n,
  });
  const stay = expectedStay(stays);
  return money(
    divided(BigInt(amount) * stay.over * lived.under, stay.under * lived.over),
    currency,
  );
}

function perMonth(paid: bigint, lived: Days, currency: string): Money {
  const amount = divided(
    paid * month.days * lived.under,
    month.per * lived.over,
  );
  return money(amount, currency);
}

function atLeastMonth(time: Days): Days {
  const isLess = time.over * month.per < month.days * time.under;
  return isLess ? { over: month.days, under: month.per } : time;
}

/** Rounded to the nearest whole, halves away from zero; `under` is above zero. */
function divided(over: bigint, under: bigint): bigint {
  const half = over < 0n ? -under : under;
  return (2n * over + half) / (2n * under);
}
