import { customerNames } from "@/modules/customers";
import { authorize, type Ctx } from "@/platform/context";
import { spreadsheet, type Cell, type Download } from "@/platform/spreadsheet";
import { addSeconds, utcDay } from "@/shared/time";
import type { ExportQuery } from "../contract/log";
import { findDays, placeAt, type DayRow, type LogRow } from "../queries/log";
import { lookBack, scopeOf, type Scope } from "./log";

const batch = 1_000;
const usualDays = 30;
const day = 24 * 60 * 60;

/**
 * Usage as a file: each event, the newest first, or sums by customer and day. Rows are read as the
 * caller takes them, so that memory stays flat. Needs usage:read; throws NOT_FOUND.
 */
export async function exportUsage(
  ctx: Ctx,
  { format, of, ...filters }: ExportQuery,
): Promise<Download> {
  authorize(ctx, "usage:read");
  const from =
    filters.from ?? addSeconds(ctx.now(), -usualDays * day).toISOString();
  const scope = await scopeOf(ctx, { ...filters, from });
  const columns: readonly string[] = of === "days" ? dayColumns : eventColumns;
  const rows = of === "days" ? dayRows(ctx, scope) : eventRows(ctx, scope);
  const name = `usage-${of}-${utcDay(ctx.now())}`;
  return spreadsheet(format, name, of, columns, rows);
}

const eventColumns = [
  "id",
  "customer_id",
  "customer",
  "key_id",
  "occurred_at",
  "received_at",
  "meter",
  "provider",
  "model",
  "endpoint",
  "method",
  "status_code",
  "duration_ms",
  "tokens_input",
  "tokens_output",
  "tokens_cached",
  "tokens_reasoning",
  "quantity",
  "cost_usd",
  "unpriced",
  "code",
  "properties",
] as const;

async function* eventRows(ctx: Ctx, scope: Scope): AsyncGenerator<Cell[]> {
  let at = placeAt(scope.to);
  for (;;) {
    const { rows, next } = await lookBack(ctx, scope, at, batch);
    const names = await customerNames(
      ctx,
      rows.map((row) => row.customer_id),
    );
    for (const row of rows)
      yield cellsOf(row, names.get(row.customer_id) ?? "");
    if (!next) return;
    at = next;
  }
}

function cellsOf(row: LogRow, customer: string): Cell[] {
  const hasMore = Object.keys(row.properties).length > 0;
  return [
    row.id,
    row.customer_id,
    customer,
    row.key_id,
    row.occurred_at.toISOString(),
    row.received_at.toISOString(),
    row.meter,
    row.provider,
    row.model,
    row.endpoint,
    row.method,
    row.status_code,
    row.duration_ms,
    row.tokens_input,
    row.tokens_output,
    row.tokens_cached,
    row.tokens_reasoning,
    row.quantity,
    row.cost,
    row.unpriced,
    row.code,
    hasMore ? JSON.stringify(row.properties) : null,
  ];
}

const dayColumns = [
  "day",
  "customer_id",
  "customer",
  "calls",
  "errors",
  "refused",
  "tokens",
  "cost_usd",
  "unpriced",
  "avg_response_time_ms",
] as const;

async function* dayRows(
  ctx: Ctx,
  { filters, from, to }: Scope,
): AsyncGenerator<Cell[]> {
  const days = { from: utcDay(from), to: utcDay(addSeconds(to, -1)) };
  let after: { customerId: string; day: string } | null = null;
  for (;;) {
    const rows: DayRow[] = await findDays(
      ctx,
      filters.customer_id,
      days,
      after,
      batch,
    );
    const ids = rows.map((row) => row.customer_id);
    const names = await customerNames(ctx, ids);
    for (const row of rows)
      yield [
        row.day,
        row.customer_id,
        names.get(row.customer_id) ?? "",
        row.calls,
        row.errors,
        row.refused,
        row.tokens,
        row.cost,
        row.unpriced,
        row.avg_response_time_ms,
      ];
    const end = rows.at(-1);
    if (!end || rows.length < batch) return;
    after = { customerId: end.customer_id, day: end.day };
  }
}
