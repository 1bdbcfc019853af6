import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import { singleton } from "@/platform/singleton";
import { toUuid } from "@/shared/ids";
import { hasRedis } from "@/platform/redis";
import { spendMeter } from "@/shared/windows";
import { decideApart } from "./apart";
import { toAccessRow, type AccessRow, type Row } from "./row";

export { isUnavailable } from "@/platform/db/failures";

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

// An array of what no question says is left out: PostgreSQL then skips what it is for.
async function decide(
  questions: AccessQuestion[],
  consume: boolean,
): Promise<AccessRow[]> {
  const all = <T>(pick: (question: AccessQuestion) => T | undefined) => {
    const values = questions.map((question) => pick(question) ?? null);
    return values.some((value) => value !== null) ? values : null;
  };
  const values = [
    questions.map(({ keyHash }) => keyHash),
    questions.map(({ customerId }) => customerId && toUuid(customerId)),
    questions.map(({ cost }) => cost),
    consume,
    all(({ ip }) => ip),
    all(({ meter }) => meter),
    all(({ feature }) => feature),
    all(amountHeld),
    all(({ reserve }) => reserve?.spend),
    all(({ reserve }) => reserve?.ttl),
  ];
  if (hasRedis()) return decideApart(questions.length, values, consume);
  const rows = await sql<Row>("access_check", checkText, values);
  const answers: AccessRow[] = [];
  for (const row of rows) answers[row.ordinal - 1] = toAccessRow(row);
  return answers;
}

// Of the spend meter itself, the amount and the spend are two names of the same.
function amountHeld({ meter, reserve }: AccessQuestion) {
  if (meter !== spendMeter || !reserve?.spend) return reserve?.amount;
  const { amount, spend } = reserve;
  return Number(spend) > amount ? spend : amount;
}

const checkText = `SELECT *, trim_scale(spend_cap - spend_used)::text AS spend_left,
    trim_scale(spend_cap)::text AS spend_cap, trim_scale(spend_used)::text AS spend_used
  FROM access_check($1::bytea[], $2::uuid[], $3::int[], $4, $5::text[], $6::text[], $7::text[],
    $8::numeric[], $9::numeric[], $10::int[])`;
