import { exact } from "@/platform/db/exact";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { forMany } from "@/platform/together";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import type {
  TaxRate,
  TaxRateInput,
  TaxRateQuery,
} from "../contract/tax-rates";
import type { RateInForce } from "../tax";

/** The rates that are in force at an instant. */
export const findRates = forMany(
  async (ctx: Ctx, instants: Date[]): Promise<RateInForce[][]> => {
    const times = instants.map((at) => at.getTime());
    const first = new Date(Math.min(...times));
    const rows = await ctx.db.taxRate.findMany({
      where: {
        effective_from: { lte: new Date(Math.max(...times)) },
        OR: [{ effective_to: null }, { effective_to: { gt: first } }],
        AND: [{ OR: [{ archived_at: null }, { archived_at: { gt: first } }] }],
      },
    });
    return instants.map((at) =>
      rows
        .filter(
          ({ effective_from, effective_to, archived_at }) =>
            effective_from <= at &&
            (!effective_to || effective_to > at) &&
            (!archived_at || archived_at > at),
        )
        .map(toRateInForce),
    );
  },
);

function toRateInForce(row: Prisma.TaxRateGetPayload<object>): RateInForce {
  return {
    id: fromUuid("txr", row.id),
    name: row.name,
    country: row.country,
    region: row.region,
    percent: exact(row.rate),
    isInclusive: row.is_inclusive,
    allowsReverseCharge: row.allows_reverse_charge,
    from: row.effective_from,
  };
}

export async function findTaxRates(
  ctx: Ctx,
  query: TaxRateQuery,
): Promise<{ items: TaxRate[]; total: number }> {
  const where = {
    ...(query.country && { country: query.country }),
    ...(!query.include_archived && { archived_at: null }),
  };
  const [rows, total] = await Promise.all([
    ctx.db.taxRate.findMany({
      where,
      orderBy: [
        { country: "asc" },
        { region: "asc" },
        { effective_from: "desc" },
        { id: "desc" },
      ],
      ...pageWindow(query),
    }),
    ctx.db.taxRate.count({ where }),
  ]);
  return { items: rows.map((row) => toTaxRate(row, ctx.now())), total };
}

/** Until the transaction ends, nobody else enters or archives a rate. */
export async function lockRates(tx: TxCtx): Promise<void> {
  await tx.db
    .$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('tax_rates', 0))`;
}

export async function findTaxRate(
  ctx: Ctx,
  id: string,
): Promise<TaxRate | null> {
  const row = await ctx.db.taxRate.findUnique({ where: { id: toUuid(id) } });
  return row && toTaxRate(row, ctx.now());
}

/** The rates of a place, of the same name, that hold at or after an instant. */
export async function findSuperseded(
  ctx: Ctx,
  { name, country, region }: TaxRateInput,
  from: Date,
): Promise<TaxRate[]> {
  const rows = await ctx.db.taxRate.findMany({
    where: {
      name,
      country: country ?? null,
      region: region ?? null,
      archived_at: null,
      OR: [{ effective_to: null }, { effective_to: { gt: from } }],
    },
  });
  return rows.map((row) => toTaxRate(row, ctx.now()));
}

export async function insertTaxRate(
  tx: TxCtx,
  input: TaxRateInput,
  from: Date,
): Promise<TaxRate> {
  const row = await tx.db.taxRate.create({
    data: {
      id: toUuid(newId("txr")),
      name: input.name,
      country: input.country ?? null,
      region: input.region ?? null,
      rate: input.rate,
      is_inclusive: input.is_inclusive,
      allows_reverse_charge: input.allows_reverse_charge,
      effective_from: from,
      effective_to: input.effective_to ? new Date(input.effective_to) : null,
      created_at: tx.now(),
    },
  });
  return toTaxRate(row, tx.now());
}

export async function endTaxRate(
  tx: TxCtx,
  id: string,
  end: { effective_to: Date } | { archived_at: Date },
): Promise<TaxRate> {
  const row = await tx.db.taxRate.update({
    where: { id: toUuid(id) },
    data: end,
  });
  return toTaxRate(row, tx.now());
}

function toTaxRate(row: Prisma.TaxRateGetPayload<object>, now: Date): TaxRate {
  return {
    id: fromUuid("txr", row.id),
    name: row.name,
    country: row.country,
    region: row.region,
    rate: exact(row.rate),
    is_inclusive: row.is_inclusive,
    allows_reverse_charge: row.allows_reverse_charge,
    status: statusOf(row, now),
    effective_from: row.effective_from.toISOString(),
    effective_to: row.effective_to?.toISOString() ?? null,
    archived_at: row.archived_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

function statusOf(
  row: Prisma.TaxRateGetPayload<object>,
  now: Date,
): TaxRate["status"] {
  if (row.archived_at) return "archived";
  if (row.effective_from > now) return "scheduled";
  return row.effective_to && row.effective_to <= now ? "past" : "in_force";
}
