import {
  takeWindows,
  type FiveWindows,
  type WindowAsk,
  type WindowVerdict,
} from "@/modules/limits";
import { sql } from "@/platform/db";
import { log } from "@/platform/log";
import { windows } from "@/shared/windows";
import { numbers, toAccessRow, type AccessRow, type Row } from "./row";

type ApartRow = Row & {
  cost: string;
  customer_limits: (string | null)[] | null;
  lineage_id: string | null;
  key_limits: (string | null)[] | null;
  period: number | null;
  period_left_ms: string | null;
  valid_ms: string | null;
  period_start: Date | null;
  hold_subjects: string[] | null;
  hold_meters: string[] | null;
  hold_amounts: string[] | null;
};

/**
 * Decide with the windows in Redis: PostgreSQL decides all else and takes quotas, then one step in
 * Redis for each customer decides the windows. What they refuse is given back; so neither ever
 * admits over, and a process that dies in between leaves a quota less, not more. A boost that starts
 * or ends while a refused caller waits is not foreseen here. `at` (ms) is for tests.
 */
export async function decideApart(
  count: number,
  values: unknown[],
  consume: boolean,
  at?: number,
): Promise<AccessRow[]> {
  const instant = at === undefined ? null : new Date(at);
  const rows = await sql<ApartRow>("access_check_apart", apartText, [
    ...values,
    instant,
  ]);
  const byCustomer = new Map<string, ApartRow[]>();
  for (const row of rows) {
    const customer = row.customer_id ?? "";
    byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), row]);
  }
  const answers = Array<AccessRow>(count);
  const refused: ApartRow[] = [];
  await Promise.all(
    [...byCustomer].map(async ([customer, asked]) => {
      const verdicts = customer
        ? await ask(customer, asked, consume, at)
        : null;
      asked.forEach((row, i) => {
        const verdict = verdicts?.[i];
        const answer = verdict ? merge(row, verdict) : toAccessRow(row);
        if (row.code === "VALID" && consume) {
          if (verdict?.refusing) refused.push(row);
          if (!verdict) answer.giveBack = () => giveBack([row]);
        }
        answers[row.ordinal - 1] = answer;
      });
    }),
  );
  await giveBack(refused);
  return answers;
}

const apartText = `SELECT (decision).*, trim_scale((decision).spend_cap - (decision).spend_used)::text AS spend_left,
    trim_scale((decision).spend_cap)::text AS spend_cap, trim_scale((decision).spend_used)::text AS spend_used,
    cost, customer_limits, lineage_id, key_limits, period, period_left_ms, valid_ms, period_start,
    hold_subjects, hold_meters, hold_amounts
  FROM access_check_apart($1::bytea[], $2::uuid[], $3::int[], $4, $5::text[], $6::text[], $7::text[],
    $8::numeric[], $9::numeric[], $10::int[], $11::timestamptz)
  ORDER BY (decision).customer_id, lineage_id, (decision).ordinal`;

// Null when Redis does not answer.
async function ask(
  customer: string,
  rows: ApartRow[],
  consume: boolean,
  at?: number,
): Promise<WindowVerdict[] | null> {
  const [first] = rows;
  const period = {
    number: first?.period ?? 0,
    leftMs: Number(first?.period_left_ms),
  };
  const asks = rows.map((row): WindowAsk => ({
    cost: Number(row.cost),
    consume: consume && row.code === "VALID",
    limits: numbers(row.customer_limits) ?? [],
    key:
      row.lineage_id === null
        ? null
        : { lineage: row.lineage_id, limits: numbers(row.key_limits) ?? [] },
  }));
  return takeWindows(customer, period, asks, at).catch((error: unknown) => {
    log().warn({ err: error }, "Redis did not decide");
    return null;
  });
}

const limitCodes = new Set(["VALID", "QUOTA_EXCEEDED", "SPEND_CAP_REACHED"]);

function merge(row: ApartRow, verdict: WindowVerdict): AccessRow {
  const answer = { ...toAccessRow(row), ...shown(row, verdict) };
  if (!verdict.refusing || !limitCodes.has(row.code)) return answer;
  const quotaWait = row.code === "VALID" ? 0 : answer.retryAfterMs;
  const wait =
    quotaWait === null || verdict.waitMs === null
      ? null
      : Math.max(quotaWait, verdict.waitMs);
  const isInTime =
    wait !== null && (row.valid_ms === null || wait < Number(row.valid_ms));
  return {
    ...answer,
    code: "RATE_LIMITED",
    refusing: verdict.refusing,
    source: verdict.source,
    retryAfterMs: isInTime ? wait : null,
    reservation: null,
  };
}

// By window, of the subject with less left, the key where both have the same; and the tightest.
function shown(row: ApartRow, verdict: WindowVerdict) {
  const limits: FiveWindows = numbers(row.customer_limits) ?? [];
  const keyLimits = numbers(row.key_limits);
  const used = [...verdict.used];
  const left = (w: number) => (limits[w] ?? Infinity) - (used[w] ?? 0);
  windows.forEach((_, w) => {
    const limit = keyLimits?.[w];
    const keyUsed = verdict.keyUsed?.[w] ?? 0;
    if (typeof limit !== "number" || limit - keyUsed > left(w)) return;
    limits[w] = limit;
    used[w] = keyUsed;
  });
  let tightest = -1;
  for (const [w, limit] of limits.entries())
    if (limit !== null && (tightest < 0 || left(w) <= left(tightest)))
      tightest = w;
  return { limits, used, tightest: windows[tightest] ?? null };
}

async function giveBack(rows: ApartRow[]): Promise<void> {
  const taken = rows.flatMap((row) =>
    (row.hold_subjects ?? []).map((subject, i) => ({
      subject,
      meter: row.hold_meters?.[i],
      period: row.period_start,
      amount: row.hold_amounts?.[i],
    })),
  );
  if (taken.length > 0)
    await sql(
      "meter_usage_give_back",
      "SELECT meter_usage_give_back($1::uuid[], $2::uuid[], $3::timestamptz[], $4::numeric[])",
      [
        taken.map(({ subject }) => subject),
        taken.map(({ meter }) => meter),
        taken.map(({ period }) => period),
        taken.map(({ amount }) => amount),
      ],
    );
  for (const { reservation_id } of rows)
    if (reservation_id !== null)
      await sql(
        "reservation_release",
        "SELECT FROM reservation_close($1::uuid, NULL, NULL)",
        [reservation_id],
      );
}
