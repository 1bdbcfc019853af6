import type { TestDatabase } from "../../support/database";
import type { Event } from "./booking";
import type { Question, Verdict } from "./holds";
import { meterNames, usageOf, type MeterName, type State } from "./state";

/** What the database is told to do, in order, within one statement. */
export type Op =
  | { kind: "change"; sql: string }
  | { kind: "sleep" }
  | { kind: "check"; at: number; consume: boolean; asked: Question[] }
  | {
      kind: "close";
      at: number;
      id: string;
      used: { amount: number; spend: number } | null;
    }
  | { kind: "ingest"; events: Event[] };

export type Answers = {
  verdicts: Verdict[];
  closed: { status: string; agrees: boolean } | null;
  ingested: string[];
};

type Row = { op: number; answer: unknown };

/** The statement that runs operations, and its values. */
export function toStatement(ops: Op[]): [string, unknown[]] {
  return [
    "SELECT op, answer FROM test_run($1)",
    [JSON.stringify(ops.map(toJson))],
  ];
}

/** What the database answered, by operation. */
export function toAnswers(ops: Op[], rows: Row[]): Answers[] {
  const answers = ops.map((): Answers => ({
    verdicts: [],
    closed: null,
    ingested: [],
  }));
  for (const { op, answer } of rows) {
    const found = answers[op - 1];
    const kind = ops[op - 1]?.kind;
    // Safe: test_run answers each kind so.
    if (kind === "check") found?.verdicts.push(answer as Verdict);
    if (found && kind === "close") found.closed = answer as Answers["closed"];
    if (found && kind === "ingest") found.ingested = answer as string[];
  }
  return answers;
}

function toJson(op: Op): object {
  if (op.kind === "check")
    return {
      ...op,
      asked: op.asked.map(({ key, reserve, ...asked }) => ({
        ...asked,
        ...(key !== undefined && { key: `\\x${key}` }),
        ...(reserve && {
          amount: reserve.amount,
          spend: reserve.spend,
          ttl: reserve.ttl,
        }),
      })),
    };
  if (op.kind !== "ingest") return op;
  return {
    ...op,
    events: op.events.map(({ key, isRefused, at, ...event }) => ({
      ...event,
      at: new Date(at).toISOString(),
      key: key?.id ?? null,
      code: isRefused ? "RATE_LIMITED" : null,
    })),
  };
}

/** A value as SQL writes it. */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return "NULL";
  return typeof value === "string"
    ? `'${value.replaceAll("'", "''")}'`
    : String(value);
}

/** An instant as SQL writes it. */
export const instant = (ms: number | null) =>
  ms === null ? "NULL" : literal(new Date(ms).toISOString());

/** What the database holds otherwise than the oracle, once what is due has expired. */
export async function differences(
  db: TestDatabase,
  state: State,
): Promise<unknown[]> {
  const usage = await db.query<{
    subject_id: string;
    meter: MeterName;
    period: string;
    value: number;
    taken: number;
    held: number;
  }>(
    `SELECT subject_id, m.name AS meter, extract(epoch FROM period_start) * 1000 AS period,
       value::float8, taken::float8, held::float8
     FROM meter_usage u JOIN meters m ON m.id = u.meter_id`,
  );
  const found: unknown[] = [];
  const seen = new Set<string>();
  for (const row of usage) {
    const period = Math.round(Number(row.period));
    seen.add(`${row.subject_id} ${row.meter} ${period}`);
    const { value, taken, held } = usageOf(
      state,
      row.subject_id,
      row.meter,
      period,
    );
    if (value !== row.value || taken !== row.taken || held !== row.held)
      found.push({ row, value, taken, held });
  }
  for (const [name, { value, taken, held }] of state.usage)
    if (!seen.has(name) && (value || taken || held))
      found.push({ missing: name, value, taken, held });
  return [...found, ...(await reservationDifferences(db, state))];
}

async function reservationDifferences(db: TestDatabase, state: State) {
  const rows = await db.query<{ id: string; status: string }>(
    "SELECT id, status FROM reservations",
  );
  const stored = new Map(rows.map(({ id, status }) => [id, status]));
  const known = [...state.reservations.values()];
  if (stored.size !== known.length)
    return [{ reservations: [stored.size, known.length] }];
  return known
    .filter(({ id, status }) => stored.get(id) !== status)
    .map(({ id, status }) => ({ id, status, stored: stored.get(id) }));
}

/** Gives back what reservations past their time hold, as the next check of each would. */
export const expiry = (at: number) =>
  `SELECT reservations_expire(ARRAY(SELECT id FROM reservations WHERE status = 'held' AND expires_at <= ${instant(at)}), ${instant(at)})`;

/** The meters of the simulation that are not there from the start. */
export const makeMeters = `INSERT INTO meters (id, name, title, aggregation, field, event_meter, updated_at)
  SELECT gen_random_uuid(), name, name, aggregation, field, event_meter, now() FROM (VALUES
    ('images', 'sum', 'quantity', 'images'), ('seats', 'max', 'quantity', 'seats'),
    ('level', 'latest', 'quantity', 'level'), ('models', 'unique', 'model', 'chat')
  ) m(name, aggregation, field, event_meter) WHERE name = ANY ('{${meterNames.join()}}')`;

export const makeRunner = `
  CREATE FUNCTION test_column(items jsonb, name text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(i->>name ORDER BY n) FROM jsonb_array_elements(items) WITH ORDINALITY x(i, n) $$;
  CREATE FUNCTION test_run(ops jsonb) RETURNS TABLE (op int, answer jsonb) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    o record;
    q jsonb;
  BEGIN
    FOR o IN SELECT n::int, item FROM jsonb_array_elements(ops) WITH ORDINALITY e(item, n) ORDER BY n LOOP
      CASE o.item->>'kind'
      WHEN 'change' THEN EXECUTE o.item->>'sql';
      WHEN 'sleep' THEN PERFORM pg_sleep(60);
      WHEN 'check' THEN
        q := o.item->'asked';
        RETURN QUERY SELECT o.n, to_jsonb(d) FROM access_check(
          test_column(q, 'key')::bytea[], test_column(q, 'customer')::uuid[], test_column(q, 'cost')::int[],
          (o.item->>'consume')::boolean, NULL, test_column(q, 'meter'), test_column(q, 'feature'),
          test_column(q, 'amount')::numeric[], test_column(q, 'spend')::numeric[], test_column(q, 'ttl')::int[],
          to_timestamp((o.item->>'at')::numeric / 1000)) d;
      WHEN 'close' THEN
        RETURN QUERY SELECT o.n, jsonb_build_object('status', (c.r).status, 'agrees', c.agrees)
        FROM reservation_close((o.item->>'id')::uuid, (o.item->'used'->>'amount')::numeric,
          (o.item->'used'->>'spend')::numeric, to_timestamp((o.item->>'at')::numeric / 1000)) c(r, agrees);
      WHEN 'ingest' THEN
        q := o.item->'events';
        RETURN QUERY SELECT o.n, to_jsonb(i.answers) FROM usage_ingest(
          test_column(q, 'customer')::uuid[], test_column(q, 'id'),
          ARRAY(SELECT sha256(x::bytea) FROM unnest(test_column(q, 'id')) x),
          test_column(q, 'key')::uuid[], test_column(q, 'at')::timestamptz[], test_column(q, 'meter'),
          NULL, test_column(q, 'model'), NULL, NULL, NULL, NULL, NULL, test_column(q, 'tokens')::bigint[], NULL, NULL,
          test_column(q, 'quantity')::numeric[], test_column(q, 'cost')::numeric[], test_column(q, 'code'), NULL) i;
      END CASE;
    END LOOP;
  END $$`;
