import type { Held, Used } from "./asking";
import type { CheckInput, Decision, Hold, Ruling, Subject } from "./decision";
import { missingKey, refusalOf, type Refusal } from "./refusal";
import type { UsageEvent } from "./tracking";

/** What a protected call needs of its Tollkeeper. Only `rule` may throw, when it was asked to. */
export type Means = {
  rule: (input: CheckInput) => Promise<Ruling>;
  /** settle what a call used, or release it all, and track its event afterwards */
  finish: (held: Held, used: Used | null, event: UsageEvent) => void;
};

/** What the handler of a protected call may know and say of it. */
export type ProtectedCall = {
  /** what the check answered: the customer, limits, quota, what is reserved */
  readonly decision: Decision;
  /**
   * Add to the event that will report this call: tokens, provider and model, quantity, cost,
   * properties. A reservation is settled at the `quantity`, or the tokens of the meter `tokens`.
   */
  add(facts: CallFacts): void;
};

export type CallFacts = Omit<UsageEvent, "key" | "customer_id">;

export type Call = {
  /** what the handler asks `call()` with: its first argument */
  handle: unknown;
  subject: Subject | undefined;
  endpoint: string;
  method?: string | undefined;
  cost?: number | undefined;
  feature?: string | undefined;
  meter?: string | undefined;
  ip?: string | undefined;
  reserve?: Hold | undefined;
};

/** A refusal to answer, or the headers for the answer and where to record how the call went. */
export type Admission =
  | { refusal: Refusal }
  | {
      refusal: undefined;
      headers: Record<string, string>;
      record: (statusCode: number) => void;
    };

const running = new WeakMap<object, ProtectedCall>();

/** The protected call that was made with this first argument; undefined for any other. */
export function callOf(handle: unknown): ProtectedCall | undefined {
  return isKey(handle) ? running.get(handle) : undefined;
}

/** Ask whether a call may run. What cannot be decided is as `onUnavailable` says. */
export async function admit(means: Means, call: Call): Promise<Admission> {
  const { subject, handle, method: _, endpoint, ...asked } = call;
  if (!subject) return { refusal: missingKey() };
  const resource = endpoint.slice(0, 200) || undefined;
  const ruling = await means.rule({ ...subject, ...asked, resource });
  if (!ruling.decision.valid) return { refusal: refusalOf(ruling) };
  const facts: CallFacts = {};
  if (isKey(handle))
    running.set(handle, {
      decision: ruling.decision,
      add: (more) => void Object.assign(facts, more),
    });
  return {
    refusal: undefined,
    headers: ruling.headers,
    record: recorder(means, call, subject, ruling.decision, facts),
  };
}

function recorder(
  { finish }: Means,
  call: Call,
  subject: Subject,
  { reservation }: Decision,
  facts: CallFacts,
): (status: number) => void {
  const occurred_at = new Date().toISOString();
  const startedAt = performance.now();
  let isRecorded = false;
  return (status) => {
    if (isRecorded) return;
    isRecorded = true;
    const event: UsageEvent = {
      ...knownOf(call, subject),
      occurred_at,
      duration_ms: Math.round(performance.now() - startedAt),
    };
    if (status >= 100 && status <= 599) event.status_code = status;
    Object.assign(event, facts);
    const used = reservation && usedBy(call, event);
    // An event without a quantity would count as one.
    if (event.meter && call.reserve) event.quantity ??= used?.amount ?? 0;
    finish(reservation, used, event);
  };
}

function knownOf(call: Call, subject: Subject): UsageEvent {
  const known: UsageEvent = {};
  if (subject.key !== undefined) known.key = subject.key;
  else known.customer_id = subject.customer_id;
  if (call.endpoint) known.endpoint = call.endpoint.slice(0, 200);
  if (call.method) known.method = call.method.slice(0, 16);
  if (!call.meter || countAnyEvent.has(call.meter)) return known;
  known.meter = call.meter;
  if (!call.reserve) known.quantity = call.cost ?? 1;
  return known;
}

// Tollkeeper's own meters that add up whatever events say, of calls too.
const countAnyEvent = new Set(["tokens", "spend"]);

/**
 * What to settle: what the event says, else all that was held. A call that failed, and did not say,
 * gives it back.
 */
function usedBy(call: Call, event: UsageEvent): Used | null {
  const { quantity, tokens_input, tokens_output, cost } = event;
  const tokens =
    tokens_input === undefined && tokens_output === undefined
      ? undefined
      : (tokens_input ?? 0) + (tokens_output ?? 0);
  const told = call.meter === "tokens" ? (tokens ?? quantity) : quantity;
  if (told !== undefined) return { amount: told, spend: cost };
  const { reserve } = call;
  if (!reserve || (event.status_code ?? 500) >= 400) return null;
  return { amount: reserve.amount, spend: cost ?? reserve.spend };
}

function isKey(value: unknown): value is object {
  const isObject = typeof value === "object" && value !== null;
  return isObject || typeof value === "function";
}
