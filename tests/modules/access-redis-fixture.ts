import { decideApart } from "@/modules/access/queries/apart";
import type { AccessRow } from "@/modules/access/queries/row";
import type { Answer, Step } from "./access-fixture";

/** The answers to the questions of each step, in order, with the windows in Redis. */
export async function askInRedis(steps: Step[]): Promise<Answer[][]> {
  const answers: Answer[][] = [];
  for (const { at, consume = true, asked } of steps) {
    const values = [
      asked.map(({ key }) => (key ? Buffer.from(key, "hex") : null)),
      asked.map(({ customer }) => customer ?? null),
      asked.map(({ cost }) => cost ?? 1),
      consume,
      ...Array<null>(6).fill(null),
    ];
    const rows = await decideApart(asked.length, values, consume, at);
    if (rows.some(({ giveBack }) => giveBack))
      throw new Error("Redis did not answer");
    answers.push(rows.map(toAnswer));
  }
  return answers;
}

function toAnswer(row: AccessRow, index: number): Answer {
  return {
    ordinal: index + 1,
    code: row.code,
    customer_id: row.customer?.id ?? null,
    customer_name: row.customer?.name ?? null,
    key_id: row.keyId,
    limits: row.limits,
    used: row.used?.map(Number) ?? null,
    tightest_window: row.tightest,
    limit_source: row.source,
    reset_ms: row.resetMs,
    refusing_window: row.refusing,
    retry_after_ms: row.retryAfterMs,
  };
}
