import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import { singleton } from "@/platform/singleton";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Window } from "@/modules/limits/contract";
import type { AccessCode } from "./contract";

/** One question: by the stored form of a key, or by a customer's public id. */
export type AccessQuestion = {
  keyHash: Buffer | null;
  customerId: string | null;
  cost: number;
};

/** The five windows in their order: second, minute, hour, day, month; null is unlimited. */
export type FiveWindows = (number | null)[];

export type AccessRow = {
  code: AccessCode;
  customer: { id: string; name: string } | null;
  keyId: string | null;
  limits: FiveWindows | null;
  used: FiveWindows | null;
  tightest: Window | null;
  refusing: Window | null;
  source: "customer" | "key" | null;
  resetMs: number | null;
  retryAfterMs: number | null;
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
  code: AccessCode;
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
};

async function decide(
  questions: AccessQuestion[],
  consume: boolean,
): Promise<AccessRow[]> {
  const rows = await sql<Row>(
    "access_check",
    "SELECT * FROM access_check($1::bytea[], $2::uuid[], $3::int[], $4)",
    [
      questions.map(({ keyHash }) => keyHash),
      questions.map(({ customerId }) => customerId && toUuid(customerId)),
      questions.map(({ cost }) => cost),
      consume,
    ],
  );
  const answers: AccessRow[] = [];
  for (const row of rows) answers[row.ordinal - 1] = toAccessRow(row);
  return answers;
}

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
  };
}

// PostgreSQL's bigints come as text; these are far below 2⁵³ (CHECK constraints).
function number(value: string | null): number | null {
  return value === null ? null : Number(value);
}

function numbers(values: (string | null)[] | null): FiveWindows | null {
  return values && values.map(number);
}
