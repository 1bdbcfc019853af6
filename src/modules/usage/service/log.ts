import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { keyNames } from "@/modules/keys";
import { authorize, owned, type Ctx } from "@/platform/context";
import { invalid } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import type { EventFilters, EventQuery, LoggedEvent } from "../contract/log";
import { findEvents, placeAt, type LogRow, type Place } from "../queries/log";
import { findKeptFrom } from "../queries/upkeep";

/** A page that has looked so long answers with what it found. */
const patienceMs = 1_500;
const hour = 60 * 60;

/**
 * Usage events, newest first; a customer's people see their own. It looks back by growing stretches
 * of time, so that neither an old nor a rare event needs an index of its own. Needs usage:read;
 * throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function listUsageEvents(
  ctx: Ctx,
  { cursor, limit, ...filters }: EventQuery,
): Promise<{ items: LoggedEvent[]; next_cursor: string | null }> {
  authorize(ctx, "usage:read");
  const scope = await scopeOf(ctx, filters);
  const start = cursor ? readCursor(cursor) : placeAt(scope.to);
  const { rows, next } = await lookBack(ctx, scope, start, limit);
  return {
    items: await named(ctx, rows),
    next_cursor: next && writeCursor(next),
  };
}

/** What a caller may see, and when it begins and ends. */
export type Scope = { filters: EventFilters; from: Date; to: Date };

/** The filters as the caller may use them. Throws NOT_FOUND for another's customer. */
export async function scopeOf(ctx: Ctx, filters: EventFilters): Promise<Scope> {
  const customer_id = filters.customer_id ?? owned(ctx) ?? undefined;
  if (customer_id) await getVisibleCustomer(ctx, customer_id);
  const keptFrom = (await findKeptFrom(ctx)) ?? ctx.now();
  const asked = filters.from ? new Date(filters.from) : keptFrom;
  const to = filters.to ? new Date(filters.to) : addSeconds(ctx.now(), hour);
  if (filters.from && filters.to && asked >= to)
    throw invalid([{ field: "query.to", message: "must lie after from" }]);
  const from = asked < keptFrom ? keptFrom : asked;
  return { filters: { ...filters, customer_id }, from, to };
}

/** Up to `limit` events after a place, and where to go on; null when there is no more. */
export async function lookBack(
  ctx: Ctx,
  { filters, from }: Scope,
  start: Place,
  limit: number,
): Promise<{ rows: LogRow[]; next: Place | null }> {
  const until = performance.now() + patienceMs;
  const rows: LogRow[] = [];
  let after = start;
  // One customer's events are few, and have an index in this order.
  let stretch = filters.customer_id ? 7 * 24 * hour : hour;
  while (after.at >= from) {
    const back = addSeconds(after.at, -stretch);
    const begin = back < from ? from : back;
    const wanted = limit + 1 - rows.length;
    const found = await findEvents(
      ctx,
      filters,
      { after, from: begin },
      wanted,
    );
    rows.push(...found.rows);
    if (rows.length > limit)
      return { rows: rows.slice(0, limit), next: placeOf(rows[limit - 1]) };
    if (begin <= from) break;
    after = placeAt(begin);
    if (performance.now() > until) return { rows, next: after };
    stretch *= 2;
  }
  return { rows, next: null };
}

function placeOf(row: LogRow | undefined): Place | null {
  return row
    ? { at: row.occurred_at, customerId: toUuid(row.customer_id), id: row.id }
    : null;
}

/** With the names of customers and keys. */
async function named(ctx: Ctx, rows: LogRow[]): Promise<LoggedEvent[]> {
  const [customers, keys] = await Promise.all([
    customerNames(
      ctx,
      rows.map((row) => row.customer_id),
    ),
    keyNames(ctx, [...new Set(rows.flatMap((row) => row.key_id ?? []))]),
  ]);
  return rows.map(({ customer_id, key_id, ...row }) => ({
    ...row,
    customer: { id: customer_id, name: customers.get(customer_id) ?? "" },
    key: key_id ? { id: key_id, name: keys.get(key_id) ?? null } : null,
    occurred_at: row.occurred_at.toISOString(),
    received_at: row.received_at.toISOString(),
  }));
}

function writeCursor({ at, customerId, id }: Place): string {
  const text = JSON.stringify([at.getTime(), fromUuid("cus", customerId), id]);
  return Buffer.from(text).toString("base64url");
}

function readCursor(cursor: string): Place {
  try {
    const [ms, customer, id] = JSON.parse(
      Buffer.from(cursor, "base64url").toString(),
    ) as [number, string, string]; // Checked below.
    const at = new Date(ms);
    if (typeof id === "string" && !id.includes("\0") && at.getTime() > 0)
      return { at, customerId: toUuid(customer), id };
  } catch {
    // Nothing that we have made.
  }
  throw invalid([
    { field: "query.cursor", message: "must be the next_cursor of a page" },
  ]);
}
