import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import { anyModel, type Price, type PriceQuery } from "./contract";
import { statusOf, type Span } from "./price-span";

/** What rows that exclude each other in time have in common. */
export type PriceKey = {
  provider: string;
  model: string;
  contextAbove: number;
};

export type NewPrice = PriceKey &
  Span & {
    id: string;
    rates: Partial<
      Record<
        | "input_per_million"
        | "output_per_million"
        | "cached_per_million"
        | "reasoning_per_million"
        | "per_call"
        | "per_unit"
        | "unit",
        string | null
      >
    >;
    cachedInInput: boolean;
    reasoningInOutput: boolean;
    source: string;
    createdBy: string;
  };

export async function insertPrice(tx: TxCtx, price: NewPrice): Promise<Price> {
  const row = await tx.db.price.create({
    data: {
      id: toUuid(price.id),
      provider: price.provider,
      model: price.model,
      context_above: price.contextAbove,
      ...price.rates,
      cached_in_input: price.cachedInInput,
      reasoning_in_output: price.reasoningInOutput,
      effective_from: price.from,
      effective_to: price.to,
      source: price.source,
      created_by: price.createdBy,
      created_at: tx.now(),
    },
  });
  return toPrice(row, tx.now());
}

/** End a price; `replacedBy` is the price whose coming ends it, if one does. */
export async function endPrice(
  tx: TxCtx,
  id: string,
  to: Date | null,
  replacedBy: string | null,
): Promise<Price> {
  const row = await tx.db.price.update({
    where: { id: toUuid(id) },
    data: { effective_to: to, replaced_by: replacedBy && toUuid(replacedBy) },
  });
  return toPrice(row, tx.now());
}

/** Until the transaction ends, nobody else changes the prices of this provider. */
export async function lockProvider(tx: TxCtx, provider: string): Promise<void> {
  await tx.db
    .$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('price_book ' || ${provider}, 0))`;
}

export async function findPrice(ctx: Ctx, id: string): Promise<Price | null> {
  const row = await ctx.db.price.findUnique({ where: { id: toUuid(id) } });
  return row && toPrice(row, ctx.now());
}

/** The prices of a key that hold at any time of a span, the first first. */
export async function findOverlapping(
  ctx: Ctx,
  key: PriceKey,
  span: Span,
): Promise<Price[]> {
  return findHolding(ctx, { ...whereKey(key) }, span);
}

/** Whether events of this model, in any context, were priced at any time of a span. */
export async function wasPriced(
  ctx: Ctx,
  { provider, model }: PriceKey,
  span: Span,
): Promise<boolean> {
  const where = { provider, model: { in: [model, anyModel] } };
  return (await findHolding(ctx, where, span)).length > 0;
}

/** The price that another one's coming ended. */
export async function findReplaced(
  ctx: Ctx,
  id: string,
): Promise<Price | null> {
  const row = await ctx.db.price.findFirst({
    where: { replaced_by: toUuid(id) },
  });
  return row && toPrice(row, ctx.now());
}

export async function findPrices(
  ctx: Ctx,
  query: PriceQuery,
): Promise<{ items: Price[]; total: number }> {
  const where = toWhere(query, ctx.now());
  const [rows, total] = await Promise.all([
    ctx.db.price.findMany({ where, orderBy: bySubject, ...pageWindow(query) }),
    ctx.db.price.count({ where }),
  ]);
  return { items: rows.map((row) => toPrice(row, ctx.now())), total };
}

export async function findProviders(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.price.findMany({
    distinct: ["provider"],
    select: { provider: true },
    orderBy: { provider: "asc" },
  });
  return rows.map(({ provider }) => provider);
}

/** Every price in force now. */
export async function findInForce(ctx: Ctx): Promise<Price[]> {
  const where = heldAt(ctx.now());
  const rows = await ctx.db.price.findMany({ where, orderBy: bySubject });
  return rows.map((row) => toPrice(row, ctx.now()));
}

const bySubject = [
  { provider: "asc" },
  { model: "asc" },
  { context_above: "asc" },
  { effective_from: "desc" },
] as const satisfies Prisma.PriceOrderByWithRelationInput[];

async function findHolding(
  ctx: Ctx,
  where: Prisma.PriceWhereInput,
  { from, to }: Span,
): Promise<Price[]> {
  const rows = await ctx.db.price.findMany({
    where: {
      ...where,
      ...(to && { effective_from: { lt: to } }),
      OR: [{ effective_to: null }, { effective_to: { gt: from } }],
    },
    orderBy: { effective_from: "asc" },
  });
  const prices = rows.map((row) => toPrice(row, ctx.now()));
  return prices.filter(({ status }) => status !== "withdrawn");
}

function whereKey({ provider, model, contextAbove }: PriceKey) {
  return { provider, model, context_above: contextAbove };
}

function heldAt(at: Date): Prisma.PriceWhereInput {
  return { effective_from: { lte: at }, ...openAfter(at) };
}

function openAfter(at: Date): Prisma.PriceWhereInput {
  return { OR: [{ effective_to: null }, { effective_to: { gt: at } }] };
}

function toWhere(query: PriceQuery, now: Date): Prisma.PriceWhereInput {
  const { provider, model, search, at, include_past } = query;
  // A typed % or _ means itself.
  const part = search?.toLowerCase().replace(/[\\%_]/g, "\\$&");
  return {
    ...(provider && { provider }),
    ...(model && { model }),
    AND: [
      at ? heldAt(new Date(at)) : include_past ? {} : openAfter(now),
      part
        ? {
            OR: [
              { provider: { contains: part } },
              { model: { contains: part } },
            ],
          }
        : {},
    ],
  };
}

type Row = Prisma.PriceGetPayload<object>;

function toPrice(row: Row, now: Date): Price {
  return {
    id: fromUuid("prc", row.id),
    provider: row.provider,
    model: row.model,
    // Safe: the contract takes no greater number in.
    context_above: Number(row.context_above),
    input_per_million: rate(row.input_per_million),
    output_per_million: rate(row.output_per_million),
    cached_per_million: rate(row.cached_per_million),
    reasoning_per_million: rate(row.reasoning_per_million),
    per_call: rate(row.per_call),
    per_unit: rate(row.per_unit),
    unit: row.unit,
    cached_in_input: row.cached_in_input,
    reasoning_in_output: row.reasoning_in_output,
    currency: "USD",
    status: statusOf({ from: row.effective_from, to: row.effective_to }, now),
    effective_from: row.effective_from.toISOString(),
    effective_to: row.effective_to?.toISOString() ?? null,
    source: row.source,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

// Without an exponent, which the text of a small Decimal has.
function rate(value: Prisma.Decimal | null): string | null {
  return value && value.toFixed();
}
