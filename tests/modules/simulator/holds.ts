import {
  isGauge,
  nobody,
  quotaOf,
  usageOf,
  type Customer,
  type Key,
  type MeterName,
  type State,
} from "./state";

export type Question = {
  /** a key's hash in hexadecimal, or a customer */
  key?: string;
  customer?: string;
  cost: number;
  /** a meter's name, which may be nobody's */
  meter?: string;
  feature?: string;
  reserve?: { amount: number; spend: number; ttl: number };
};

export type Verdict = {
  ordinal: number;
  code: string;
  retry_after_ms: number | null;
  quota_limit: number | null;
  quota_used: number | null;
  spend_cap: number | null;
  spend_used: number | null;
  reservation_id: string | null;
};

export type Hold = {
  subject: string;
  meter: MeterName;
  amount: number;
  quota: number;
  overage: boolean;
  isSpend: boolean;
};

export function subjectsOf(customer: Customer) {
  return [customer.id, customer.entitlement?.plan ?? null, nobody];
}

export function holdsOf(
  state: State,
  question: Question,
  customer: Customer,
  key: Key | null,
  meter: MeterName | null,
  at: number,
): Hold[] {
  const { reserve, cost } = question;
  const wanted: { meter: MeterName; amount: number; isSpend: boolean }[] = [];
  if (meter) {
    const taken = isGauge(meter) ? 0 : cost;
    const amount = reserve ? reserve.amount : taken;
    wanted.push({ meter, amount, isSpend: false });
  }
  if (meter !== "spend")
    wanted.push({ meter: "spend", amount: reserve?.spend ?? 0, isSpend: true });
  const asking = [subjectsOf(customer), ...(key ? [[key.lineage]] : [])];
  return wanted.flatMap((want) =>
    asking.flatMap((subjects) => {
      const quota = quotaOf(state, subjects, want.meter, at);
      const subject = subjects[0] ?? "";
      if (!quota) return [];
      return [
        { ...want, subject, quota: quota.amount, overage: quota.overage },
      ];
    }),
  );
}

function usedOf(state: State, { subject, meter }: Hold, period: number) {
  const { value, taken, held } = usageOf(state, subject, meter, period);
  return value + taken + held;
}

export function fits(state: State, hold: Hold, period: number): boolean {
  if (hold.overage) return true;
  const left = hold.quota - usedOf(state, hold, period);
  return hold.amount === 0 ? left > 0 : hold.amount <= left;
}

export function book(
  state: State,
  { reserve }: Question,
  verdict: Verdict,
  booked: {
    customer: Customer;
    meter: MeterName | null;
    holds: Hold[];
    period: { start: number };
    at: number;
  },
): void {
  const { customer, meter, holds, period, at } = booked;
  for (const hold of holds) {
    const usage = usageOf(state, hold.subject, hold.meter, period.start);
    if (reserve) usage.held += hold.amount;
    else usage.taken += hold.amount;
  }
  if (!reserve) return;
  const id = verdict.reservation_id;
  if (id === null) throw new Error("nothing was reserved");
  state.reservations.set(id, {
    id,
    customer: customer.id,
    meter,
    period: period.start,
    holds: holds.filter(({ amount }) => amount > 0),
    status: "held",
    settledAmount: null,
    settledSpend: null,
    expires: at + reserve.ttl * 1_000,
  });
}

export function compareQuotas(
  state: State,
  holds: Hold[],
  period: number,
  verdict: Verdict,
  isBooked: boolean,
  wrong: (expected: unknown) => Error,
): void {
  const tightest = (isSpend: boolean) =>
    holds
      .filter((hold) => (hold.isSpend || hold.meter === "spend") === isSpend)
      .map((hold) => hold.quota - usedOf(state, hold, period))
      .reduce((least, left) => Math.min(least, left), Infinity);
  const left = (limit: number | null, used: number | null) =>
    limit === null ? Infinity : limit - (used ?? 0);
  const expected = [tightest(false), tightest(true)];
  const told = [
    left(verdict.quota_limit, verdict.quota_used),
    left(verdict.spend_cap, verdict.spend_used),
  ];
  if (expected.some((each, i) => each !== told[i]))
    throw wrong({ left: expected, told, isBooked });
}
