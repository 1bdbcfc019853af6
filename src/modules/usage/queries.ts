import type { Ctx, TxCtx } from "@/platform/context";
import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import { singleton } from "@/platform/singleton";
import { toUuid } from "@/shared/ids";
import { utcDay } from "@/shared/time";
import type { StoredEvent } from "./event";

export type Booked = {
  status: "accepted" | "duplicate" | "conflict";
  /** of an accepted event, decimal text in USD; null when nothing gave it one */
  cost: string | null;
  /** it is of a provider, and the price book has no price for it */
  isUnpriced: boolean;
};

/**
 * Book events, each once ever, and answer in their order; null for one whose amounts the database
 * cannot hold. An event, its rollups and the proof of its id commit together; it rejects when none
 * was booked. Events that come one by one at the same time are booked by one statement.
 */
export async function ingestEvents(
  events: StoredEvent[],
): Promise<(Booked | null)[]> {
  const [event] = events;
  if (!event) return [];
  if (events.length > 1) return ingestAll(events);
  return [
    await singleton("usage-ingest", () =>
      gather(ingestAll, { connections: 2 }),
    )(event),
  ];
}

/** Make the partitions of the months from that of `first` to that of `last`. */
export async function ensurePartitions(first: Date, last: Date): Promise<void> {
  await sql(
    "usage_ensure_partitions",
    "SELECT usage_ensure_partitions($1::date, $2::date)",
    [utcDay(first), utcDay(last)],
  );
}

/** Remove all usage of a customer that is gone. Totals of all customers keep what it used. */
export async function deleteUsage(ctx: Ctx, customerId: string) {
  await ctx.db
    .$queryRaw`SELECT usage_forget(${toUuid(customerId)}::uuid)::text`;
}

// What cannot be booked must not keep the rest from it: it is found by halves.
async function ingestAll(events: StoredEvent[]): Promise<(Booked | null)[]> {
  try {
    return await ingest(events);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (events.length === 1) return [null];
    const middle = Math.ceil(events.length / 2);
    return [
      ...(await ingestAll(events.slice(0, middle))),
      ...(await ingestAll(events.slice(middle))),
    ];
  }
}

// SQLSTATE classes 22 (data) and 23 (constraints).
function isDataError(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    /^2[23]/.test(String(error.code))
  );
}

/** Book one event in the caller's transaction. */
export async function ingestIn(tx: TxCtx, event: StoredEvent): Promise<void> {
  await tx.db.$queryRawUnsafe(ingestText, ...columnsOf([event]));
}

async function ingest(events: StoredEvent[]): Promise<Booked[]> {
  const [row] = await sql<IngestRow>(
    "usage_ingest",
    ingestText,
    columnsOf(events),
  );
  if (!row) return [];
  return row.answers.map((status, i) => ({
    status,
    cost: row.priced?.[i] ?? null,
    isUnpriced: row.are_unpriced?.[i] ?? false,
  }));
}

/** The arguments of usage_ingest: each is a column of the events. */
function columnsOf(events: StoredEvent[]): unknown[][] {
  const uuids = new Map<string, string>();
  const uuid = (id: string) => {
    const known = uuids.get(id) ?? toUuid(id);
    uuids.set(id, known);
    return known;
  };
  return [
    events.map((event) => uuid(event.customer_id)),
    events.map((event) => event.id),
    events.map((event) => event.fingerprint),
    events.map((event) => event.key_id && uuid(event.key_id)),
    events.map((event) => event.occurred_at),
    events.map((event) => event.meter),
    events.map((event) => event.provider),
    events.map((event) => event.model),
    events.map((event) => event.endpoint),
    events.map((event) => event.method),
    events.map((event) => event.status_code),
    events.map((event) => event.duration_ms),
    events.map((event) => event.tokens_input),
    events.map((event) => event.tokens_output),
    events.map((event) => event.tokens_cached),
    events.map((event) => event.tokens_reasoning),
    events.map((event) => event.quantity),
    events.map((event) => event.cost),
    events.map((event) => event.code),
    events.map((event) => event.properties && JSON.stringify(event.properties)),
  ];
}

type IngestRow = {
  answers: Booked["status"][];
  priced: (string | null)[] | null;
  are_unpriced: boolean[] | null;
};

const ingestText = `SELECT answers, priced, are_unpriced FROM usage_ingest(
  $1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[],
  $8::text[], $9::text[], $10::text[], $11::int[], $12::int[], $13::bigint[], $14::bigint[],
  $15::bigint[], $16::bigint[], $17::numeric[], $18::numeric[], $19::text[], $20::jsonb[])`;
