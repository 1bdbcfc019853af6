import {
  expire,
  grantOf,
  meterNames,
  periodNumber,
  periodOf,
  windowsOf,
  type Customer,
  type Key,
  type MeterName,
  type State,
} from "./state";
import {
  book,
  compareQuotas,
  fits,
  holdsOf,
  subjectsOf,
  type Question,
  type Verdict,
} from "./holds";
import { countCall, judgeWindows, noteStepBack, type Moment } from "./windows";

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The questions of a statement in the order in which they are decided: by customer, then by key. */
export function inOrder(
  state: State,
  asked: Question[],
  verdicts: Verdict[],
): { question: Question; verdict: Verdict }[] {
  const last = "~"; // after every id, as NULL is
  const place = (question: Question) => {
    const { customer, key } = whoAsks(state, question);
    const lineage = key && state.policies.has(key.lineage) ? key.lineage : last;
    return [customer?.id ?? last, lineage] as const;
  };
  if (verdicts.length !== asked.length)
    throw new Error(`${asked.length} questions, ${verdicts.length} answers`);
  return [...verdicts]
    .map((verdict) => {
      const question = asked[verdict.ordinal - 1];
      if (!question) throw new Error("an answer to no question");
      return { question, verdict, place: place(question) };
    })
    .sort(
      (a, b) =>
        compare(a.place[0], b.place[0]) ||
        compare(a.place[1], b.place[1]) ||
        a.verdict.ordinal - b.verdict.ordinal,
    );
}

/** Hold one answer against what is known, and book what it took. Throws where they differ. */
export function judge(
  state: State,
  question: Question,
  verdict: Verdict,
  moment: Moment,
  isCounted: boolean,
): void {
  const { at } = moment;
  expire(state, at);
  const { customer, key } = whoAsks(state, question);
  const meter = meterOf(state, question, customer, key);
  const refusal = refusalOf(state, question, customer, key, at);
  const wrong = (expected: unknown) =>
    new Error(
      `${JSON.stringify({ question, verdict, at: new Date(at), customer, key })} is not ${JSON.stringify(expected)}`,
    );
  if (!customer || refusal !== null) {
    if (verdict.code !== refusal) throw wrong(refusal);
    if (customer && isCounted) stepBack(state, customer, key, moment);
    return;
  }
  const cost = meter && meter !== "calls" ? 1 : question.cost;
  const period = periodOf(customer.entitlement, at);
  const number = periodNumber(customer.entitlement, at);
  const holds = holdsOf(state, question, customer, key, meter, at);
  const subjects = windowsOf(state, customer, key, at);
  const windows = subjects.map((each) =>
    judgeWindows(each.windows, each.limits, cost, moment, number),
  );
  const over = holds.find((hold) => !fits(state, hold, period.start));
  const byQuota = over
    ? over.meter === "spend"
      ? "SPEND_CAP_REACHED"
      : "QUOTA_EXCEEDED"
    : "VALID";
  const allowed = new Set<string>();
  if (windows.some(({ mayRefuse }) => mayRefuse)) allowed.add("RATE_LIMITED");
  if (!windows.some(({ isOver }) => isOver)) allowed.add(byQuota);
  if (!allowed.has(verdict.code)) throw wrong([...allowed]);

  if (isCounted) {
    stepBack(state, customer, key, moment);
    if (verdict.code === "VALID") {
      for (const each of subjects)
        countCall(each.windows, cost, moment, number);
      book(state, question, verdict, { customer, meter, holds, period, at });
    }
  }
  const shown = verdict.code === "VALID" && isCounted;
  compareQuotas(state, holds, period.start, verdict, shown, wrong);
  const never =
    windows.some((each) => each.never) ||
    holds.some(
      (hold) =>
        !hold.overage &&
        !fits(state, hold, period.start) &&
        (hold.amount > hold.quota || hold.quota <= 0),
    );
  judgeNever(state, verdict, customer, key, never, at, wrong);
}

// Boosts that start or end, and keys and customers that expire, change what waiting does; then the
// one that asks again after the wait says whether it was right.
function judgeNever(
  state: State,
  verdict: Verdict,
  customer: Customer,
  key: Key | null,
  never: boolean,
  at: number,
  wrong: (expected: unknown) => Error,
): void {
  if (verdict.code === "VALID") {
    if (verdict.retry_after_ms !== null) throw wrong({ retry_after_ms: null });
    return;
  }
  const isLate =
    customer.entitlement !== null &&
    periodOf(customer.entitlement, at).end <= at;
  const mayChange =
    isLate ||
    (key !== null && key.expires !== null) ||
    customer.expires !== null ||
    state.boosts.some(
      ({ subject, ends }) =>
        ends > at && (subject === customer.id || subject === key?.lineage),
    );
  if (!mayChange && never !== (verdict.retry_after_ms === null))
    throw wrong({ never });
}

function stepBack(
  state: State,
  customer: Customer,
  key: Key | null,
  moment: Moment,
): void {
  const number = periodNumber(customer.entitlement, moment.at);
  for (const { windows } of windowsOf(state, customer, key, moment.at))
    noteStepBack(windows, moment, number);
}

export function whoAsks(state: State, question: Question) {
  if (question.key === undefined) {
    const customer = state.customers.get(question.customer ?? "") ?? null;
    return { customer, key: null };
  }
  const key = state.keys.get(question.key);
  if (!key || key.isRevoked) return { customer: null, key: null };
  return { customer: state.customers.get(key.customer) ?? null, key };
}

function meterOf(
  state: State,
  { meter, feature }: Question,
  customer: Customer | null,
  key: Key | null,
): MeterName | null {
  const named = meterNames.find((name) => name === meter);
  if (named) return named;
  if (!customer || feature === undefined) return null;
  const subjects = [key?.lineage ?? null, ...subjectsOf(customer)];
  return grantOf(state, subjects, feature)?.meter ?? null;
}

function refusalOf(
  state: State,
  { meter, feature }: Question,
  customer: Customer | null,
  key: Key | null,
  at: number,
): string | null {
  if (meter !== undefined && !meterNames.some((name) => name === meter))
    return "METER_NOT_FOUND";
  if (!customer) return "NOT_FOUND";
  if (key?.isDisabled) return "DISABLED";
  if (key && key.expires !== null && key.expires <= at) return "EXPIRED";
  if (customer.status !== "active") return "CUSTOMER_SUSPENDED";
  if (customer.expires !== null && customer.expires <= at)
    return "CUSTOMER_EXPIRED";
  if (customer.entitlement?.isInForce === false) return "SUBSCRIPTION_INACTIVE";
  if (feature === undefined) return null;
  const subjects = [key?.lineage ?? null, ...subjectsOf(customer)];
  const grant = grantOf(state, subjects, feature);
  return !grant || grant.value === false ? "FEATURE_NOT_GRANTED" : null;
}
