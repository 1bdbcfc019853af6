import type { Five } from "../access-fixture";
import { newWindows, type Windows } from "./windows";

/** What is known of everything that access depends on, in the plainest form. */
export type State = {
  customers: Map<string, Customer>;
  keys: Map<string, Key>;
  /** by subject: a customer, a key's lineage, a plan, or the default */
  policies: Map<string, Five>;
  /** by subject and meter */
  quotas: Map<string, Quota>;
  /** by subject and feature */
  grants: Map<string, Grant>;
  boosts: Boost[];
  /** by subject, meter and period */
  usage: Map<string, Usage>;
  reservations: Map<string, Reservation>;
  events: Set<string>;
  windows: Map<string, Windows>;
};

export type Customer = {
  id: string;
  status: string;
  expires: number | null;
  entitlement: Entitlement | null;
};
export type Entitlement = {
  plan: string | null;
  isInForce: boolean;
  start: number;
  end: number;
  previous: number | null;
};
export type Key = {
  id: string;
  /** in hexadecimal */
  hash: string;
  customer: string;
  lineage: string;
  isDisabled: boolean;
  isRevoked: boolean;
  expires: number | null;
};
export type Quota = { amount: number | null; overage: boolean };
export type Grant = {
  kind: "boolean" | "static" | "metered";
  value: boolean | number;
  meter: MeterName | null;
};
export type Boost = {
  subject: string;
  meter: MeterName | null;
  amount: number;
  limits: Five;
  starts: number;
  ends: number;
};
export type Usage = {
  value: number;
  valueAt: number;
  taken: number;
  held: number;
  seen: Set<string>;
};
export type Reservation = {
  id: string;
  customer: string;
  meter: MeterName | null;
  period: number;
  holds: { subject: string; meter: MeterName; amount: number }[];
  status: "held" | "settled" | "released" | "expired";
  settledAmount: number | null;
  settledSpend: number | null;
  expires: number;
};

/** The meters of the simulation: what an event adds to each. */
export const meters = {
  calls: { aggregation: "count", events: "calls" },
  tokens: { aggregation: "sum", events: null },
  spend: { aggregation: "sum", events: null },
  images: { aggregation: "sum", events: "images" },
  seats: { aggregation: "max", events: "seats" },
  level: { aggregation: "latest", events: "level" },
  models: { aggregation: "unique", events: "chat" },
} as const;
export type MeterName = keyof typeof meters;
// Safe: the keys are the names that its type lists.
export const meterNames = Object.keys(meters) as MeterName[];
export const isGauge = (meter: MeterName) =>
  !["count", "sum"].includes(meters[meter].aggregation);

export const nobody = "00000000-0000-0000-0000-000000000000";

export function newState(): State {
  return {
    customers: new Map(),
    keys: new Map(),
    policies: new Map(),
    quotas: new Map(),
    grants: new Map(),
    boosts: [],
    usage: new Map(),
    reservations: new Map(),
    events: new Set(),
    windows: new Map(),
  };
}

/** The billing period that holds a moment. */
export function periodOf(e: Entitlement | null, at: number) {
  if (e && at >= e.end) return { start: e.end, end: e.end + e.end - e.start };
  if (e && at >= e.start) return { start: e.start, end: e.end };
  if (e && e.previous !== null && at >= e.previous)
    return { start: e.previous, end: e.start };
  const month = new Date(at);
  const [year, index] = [month.getUTCFullYear(), month.getUTCMonth()];
  const first = e ? (e.previous ?? e.start) : Infinity;
  return {
    start: Date.UTC(year, index),
    end: Math.min(first, Date.UTC(year, index + 1)),
  };
}

/** The number by which the windows know a period: a greater one came later. */
export function periodNumber(e: Entitlement | null, at: number): number {
  if (e && at >= (e.previous ?? e.start))
    return Math.round(periodOf(e, at).start / 60_000);
  const month = new Date(at);
  return month.getUTCFullYear() * 12 + month.getUTCMonth() + 1;
}

const isOn = ({ starts, ends }: Boost, at: number) => starts <= at && ends > at;

function boosted(state: State, subject: string, limits: Five, at: number) {
  const boosts = state.boosts.filter(
    (b) => b.subject === subject && b.meter === null && isOn(b, at),
  );
  return limits.map((limit, w) =>
    limit === null
      ? null
      : boosts.reduce((sum, b) => sum + (b.limits[w] ?? 0), limit),
  );
}

/** The subjects whose windows a question must fit, with their limits. */
export function windowsOf(
  state: State,
  customer: Customer,
  key: Key | null,
  at: number,
): { subject: string; limits: Five; windows: Windows }[] {
  const plan = customer.entitlement?.plan ?? "";
  const own =
    state.policies.get(customer.id) ??
    state.policies.get(plan) ??
    state.policies.get(nobody) ??
    [];
  const found = [{ subject: customer.id, limits: own }];
  const keys = key && state.policies.get(key.lineage);
  if (keys) found.push({ subject: key.lineage, limits: keys });
  return found.map(({ subject, limits }) => ({
    subject,
    limits: boosted(state, subject, limits, at),
    windows: windowsFor(state, subject),
  }));
}

function windowsFor(state: State, subject: string): Windows {
  const known = state.windows.get(subject) ?? newWindows();
  state.windows.set(subject, known);
  return known;
}

/** The quota that holds for the first of the subjects, boosts included; null: as much as wanted. */
export function quotaOf(
  state: State,
  subjects: (string | null)[],
  meter: MeterName,
  at: number,
): { amount: number; overage: boolean } | null {
  const found = subjects
    .map((subject) => state.quotas.get(`${subject} ${meter}`))
    .find((quota) => quota !== undefined);
  if (!found || found.amount === null) return null;
  const extra = state.boosts
    .filter((b) => b.subject === subjects[0] && b.meter === meter)
    .filter((b) => isOn(b, at))
    .reduce((sum, b) => sum + b.amount, 0);
  return { amount: found.amount + extra, overage: found.overage };
}

export function grantOf(
  state: State,
  subjects: (string | null)[],
  feature: string,
): Grant | null {
  for (const subject of subjects) {
    const grant = state.grants.get(`${subject} ${feature}`);
    if (grant) return grant;
  }
  return null;
}

export function usageOf(
  state: State,
  subject: string,
  meter: MeterName,
  period: number,
): Usage {
  const name = `${subject} ${meter} ${period}`;
  const known = state.usage.get(name) ?? {
    value: 0,
    valueAt: -Infinity,
    taken: 0,
    held: 0,
    seen: new Set(),
  };
  state.usage.set(name, known);
  return known;
}

/** Give back what reservations past their time hold. */
export function expire(state: State, at: number): void {
  for (const reservation of state.reservations.values())
    if (reservation.status === "held" && reservation.expires <= at) {
      reservation.status = "expired";
      free(state, reservation);
    }
}

export function free(state: State, reservation: Reservation): void {
  for (const { subject, meter, amount } of reservation.holds)
    usageOf(state, subject, meter, reservation.period).held -= amount;
}
