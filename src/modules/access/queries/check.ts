import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import { singleton } from "@/platform/singleton";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Window } from "@/modules/limits/contract";
import type { AccessCode } from "../contract";

/** One question: by the stored form of a key, or by a customer's public id. */
export type AccessQuestion = {
  keyHash: Buffer | null;
  customerId: string | null;
  cost: number;
  ip?: string | undefined;
  meter?: string | undefined;
  feature?: string | undefined;
  /** held instead of taking the cost */
  reserve?:
    { amount: number; spend?: string | undefined; ttl: number } | undefined;
};

/** The five windows in their order: second, minute, hour, day, month; null is unlimited. */
export type FiveWindows = (number | null)[];

export type AccessRow = {
  code: AccessCode | "METER_NOT_FOUND";
  customer: { id: string; name: string } | null;
  keyId: string | null;
  limits: FiveWindows | null;
  used: FiveWindows | null;
  tightest: Window | null;
  refusing: Window | null;
  source: "customer" | "key" | null;
  resetMs: number | null;
  retryAfterMs: number | null;
  /** when quotas and caps start again */
  periodEnd: string | null;
  meter: string | null;
  quota: { limit: number; used: number } | null;
  /** decimal text, in USD */
  spend: { cap: string; used: string; remaining: string } | null;
  feature: { kind: "boolean" | "static" | "metered"; value: unknown } | null;
  reservation: { id: string; expiresAt: string } | null;
};

/** Decide and count a call. Calls that come at once are decided by one statement. */
export function decideAndCount(question: AccessQuestion): Promise<AccessRow> {
  return singleton("access-count", () =>
    gather((questions: AccessQuestion[]) => decide(questions, true)),
  )(question);
}

/** Make the same decision, counting nothing. */
export function decideOnly(question: AccessQuestion): Promise<AccessRow> {
  return singleton("access-verify", () =>
    gather((questions: AccessQuestion[]) => decide(questions, false)),
  )(question);
}

type Row = {
  ordinal: number;
  code: AccessRow["code"];
  customer_id: string | null;
  customer_name: string | null;
  key_id: string | null;
  limits: (string | null)[] | null;
  used: (string | null)[] | null;
  tightest_window: Window | null;
  refusing_window: Window | null;
  limit_source: "customer" | "key" | null;
  reset_ms: string | null;
  retry_after_ms: string | null;
  period_end: Date | null;
  meter_name: string | null;
  quota_limit: string | null;
  quota_used: string | null;
  spend_cap: string | null;
  spend_used: string | null;
  spend_left: string | null;
  feature_kind: "boolean" | "static" | "metered" | null;
  feature_value: unknown;
  reservation_id: string | null;
  reservation_expires_at: Date | null;
};

// An array of what no question says is left out: PostgreSQL then skips what it is for.
async function decide(
  questions: AccessQuestion[],
  consume: boolean,
): Promise<AccessRow[]> {
  const all = <T>(pick: (question: AccessQuestion) => T | undefined) => {
    const values = questions.map((question) => pick(question) ?? null);
    return values.some((value) => value !== null) ? values : null;
  };
  const rows = await sql<Row>("access_check", checkText, [
    questions.map(({ keyHash }) => keyHash),
    questions.map(({ customerId }) => customerId && toUuid(customerId)),
    questions.map(({ cost }) => cost),
    consume,
    all(({ ip }) => ip),
    all(({ meter }) => meter),
    all(({ feature }) => feature),
    all(({ reserve }) => reserve?.amount),
    all(({ reserve }) => reserve?.spend),
    all(({ reserve }) => reserve?.ttl),
  ]);
  const answers: AccessRow[] = [];
  for (const row of rows) answers[row.ordinal - 1] = toAccessRow(row);
  return answers;
}

const checkText = `SELECT *, trim_scale(spend_cap - spend_used)::text AS spend_left,
    trim_scale(spend_cap)::text AS spend_cap, trim_scale(spend_used)::text AS spend_used
  FROM access_check($1::bytea[], $2::uuid[], $3::int[], $4, $5::text[], $6::text[], $7::text[],
    $8::numeric[], $9::numeric[], $10::int[])`;

function toAccessRow(row: Row): AccessRow {
  const { customer_id, customer_name, key_id } = row;
  return {
    code: row.code,
    customer: customer_id
      ? { id: fromUuid("cus", customer_id), name: customer_name ?? "" }
      : null,
    keyId: key_id && fromUuid("key", key_id),
    limits: numbers(row.limits),
    used: numbers(row.used),
    tightest: row.tightest_window,
    refusing: row.refusing_window,
    source: row.limit_source,
    resetMs: number(row.reset_ms),
    retryAfterMs: number(row.retry_after_ms),
    periodEnd: row.period_end && row.period_end.toISOString(),
    meter: row.meter_name,
    quota:
      row.quota_limit === null
        ? null
        : { limit: Number(row.quota_limit), used: Number(row.quota_used) },
    spend:
      row.spend_cap === null
        ? null
        : {
            cap: row.spend_cap,
            used: row.spend_used ?? "0",
            remaining: row.spend_left ?? "0",
          },
    feature: row.feature_kind && {
      kind: row.feature_kind,
      value: row.feature_value,
    },
    reservation:
      row.reservation_id === null || row.reservation_expires_at === null
        ? null
        : {
            id: fromUuid("rsv", row.reservation_id),
            expiresAt: row.reservation_expires_at.toISOString(),
          },
  };
}

// PostgreSQL's bigints come as text; these are far below 2⁵³ (CHECK constraints).
function number(value: string | null): number | null {
  return value === null ? null : Number(value);
}

function numbers(values: (string | null)[] | null): FiveWindows | null {
  return values && values.map(number);
}
