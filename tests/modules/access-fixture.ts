import { randomBytes, randomUUID } from "node:crypto";
import type { Window } from "@/modules/limits/contract";
import type { TestDatabase } from "../support/database";

/** The five windows: second, minute, hour, day, month; null is unlimited. */
export type Five = (number | null)[];

export type Asked = {
  /** an API key's hash, in hexadecimal */
  key?: string | null;
  customer?: string | null;
  cost?: number;
};

/** A row of access_check. */
export type Answer = {
  ordinal: number;
  code: string;
  customer_id: string | null;
  customer_name: string | null;
  key_id: string | null;
  limits: Five | null;
  used: number[] | null;
  tightest_window: Window | null;
  limit_source: "customer" | "key" | null;
  reset_ms: number | null;
  refusing_window: Window | null;
  retry_after_ms: number | null;
};

/** Questions that are asked together at an instant. */
export type Step = {
  /** milliseconds since 1970 */
  at: number;
  consume?: boolean;
  asked: Asked[];
};

/** What is unlimited in every window. */
export const unlimited: Five = [null, null, null, null, null];

/** Customers, keys and questions, straight in the database's own terms. */
export function accessFixture(db: TestDatabase) {
  return {
    /** Let tests say what time it is: access_check with the instant as an argument. */
    install: () => db.query(stepsFunction),

    async customer(limits?: Five, columns: Record<string, unknown> = {}) {
      const id = randomUUID();
      const row = {
        id,
        email: `${id}@example.com`,
        full_name: "Ada Lovelace",
        updated_at: new Date(),
        ...columns,
      };
      const names = Object.keys(row);
      await db.query(
        `INSERT INTO customers (${names.join()}) VALUES (${names.map((_, i) => `$${i + 1}`).join()})`,
        Object.values(row),
      );
      if (limits) await setLimits(db, "customer", id, limits);
      return id;
    },

    async key(customer: string, limits?: Five, lineage: string = randomUUID()) {
      const hash = randomBytes(32);
      const [row] = await db.query<{ id: string }>(
        `INSERT INTO api_keys (id, customer_id, name, prefix, last_four, hash, lineage_id, updated_at)
         VALUES (gen_random_uuid(), $1, 'key', 'sk_live_ab', 'wxyz', $2, $3, now()) RETURNING id`,
        [customer, hash, lineage],
      );
      if (limits) await setLimits(db, "key", lineage, limits);
      return { id: row?.id ?? "", hash: hash.toString("hex"), lineage };
    },

    setLimits: (kind: "customer" | "key", subject: string, limits: Five) =>
      setLimits(db, kind, subject, limits),

    /** The answers to the questions of each step, in order. */
    async ask(steps: Step[]): Promise<Answer[][]> {
      const rows = await db.query<{ step: number; answer: Answer }>(
        "SELECT step, answer FROM test_access_steps($1)",
        [JSON.stringify(steps)],
      );
      const answers: Answer[][] = steps.map(() => []);
      for (const { step, answer } of rows)
        (answers[step - 1] ?? [])[answer.ordinal - 1] = answer;
      return answers;
    },

    /** The one answer to one question. */
    async askOne(at: number, asked: Asked, consume = true): Promise<Answer> {
      const [answers] = await this.ask([{ at, consume, asked: [asked] }]);
      const [answer] = answers ?? [];
      if (!answer) throw new Error("access_check gave no answer");
      return answer;
    },

    /** All that is stored of a subject's windows, as text; null before its first call. */
    async counter(subject: string) {
      const [row] = await db.query<{ stored: string }>(
        "SELECT c::text AS stored FROM limit_counters c WHERE subject_id = $1",
        [subject],
      );
      return row?.stored ?? null;
    },

    /** What a subject used of each window when it was last counted. */
    async used(subject: string) {
      const [row] = await db.query<{ used: string[] }>(
        "SELECT used FROM limit_counters WHERE subject_id = $1",
        [subject],
      );
      return (row?.used ?? Array<string>(5).fill("0")).map(Number);
    },
  };
}

async function setLimits(
  db: TestDatabase,
  kind: string,
  subject: string,
  limits: Five,
): Promise<void> {
  await db.query(
    `INSERT INTO limit_policies
       (subject_id, subject_kind, per_second, per_minute, per_hour, per_day, per_month, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now())
     ON CONFLICT (subject_id) DO UPDATE SET per_second = $3, per_minute = $4, per_hour = $5,
       per_day = $6, per_month = $7`,
    [subject, kind, ...limits],
  );
}

const stepsFunction = `
  CREATE FUNCTION test_access_steps(steps jsonb) RETURNS TABLE (step int, answer jsonb) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    s record;
  BEGIN
    FOR s IN
      SELECT n, to_timestamp((item->>'at')::numeric / 1000) AS at, coalesce((item->>'consume')::boolean, true) AS consume,
        (SELECT array_agg(decode(a->>'key', 'hex') ORDER BY i) FROM jsonb_array_elements(item->'asked') WITH ORDINALITY x(a, i)) AS keys,
        (SELECT array_agg((a->>'customer')::uuid ORDER BY i) FROM jsonb_array_elements(item->'asked') WITH ORDINALITY x(a, i)) AS customers,
        (SELECT array_agg(coalesce((a->>'cost')::int, 1) ORDER BY i) FROM jsonb_array_elements(item->'asked') WITH ORDINALITY x(a, i)) AS costs
      FROM jsonb_array_elements(steps) WITH ORDINALITY e(item, n) ORDER BY n
    LOOP
      RETURN QUERY SELECT s.n::int, to_jsonb(d) FROM access_check(s.keys, s.customers, s.costs, s.consume, at := s.at) d;
    END LOOP;
  END $$`;
