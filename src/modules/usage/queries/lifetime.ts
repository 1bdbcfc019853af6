import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";

/** Calls of a customer since it was made, or with null everyone's; it reads the days of some weeks. */
export async function countCalls(
  ctx: Ctx,
  customerId: string | null,
): Promise<number> {
  const [row] = customerId
    ? await ctx.db.$queryRaw<[{ calls: number }]>`
        SELECT usage_calls(${toUuid(customerId)}::uuid)::float8 AS calls`
    : await ctx.db.$queryRaw<[{ calls: number }]>`
        SELECT usage_calls_of_everyone()::float8 AS calls`;
  return row.calls;
}

/** Add what these customers called before a UTC day, for which no event may come any more. */
export async function addToLifetime(
  ctx: Ctx,
  customerIds: string[],
  before: string,
): Promise<void> {
  await ctx.db.$queryRaw`
    SELECT usage_lifetime_add(${customerIds.map(toUuid)}::uuid[], ${before}::date)::text`;
}

/** The same of everyone's sum. */
export async function addToLifetimeOfEveryone(
  ctx: Ctx,
  before: string,
): Promise<void> {
  await ctx.db
    .$queryRaw`SELECT usage_lifetime_add_everyone(${before}::date)::text`;
}

/** Have calls added again that came on days from `since` on, which may have been added already. */
export async function dropLifetime(
  ctx: Ctx,
  customerIds: string[],
  since: string,
): Promise<void> {
  await ctx.db.$queryRaw`
    SELECT usage_lifetime_drop(${customerIds.map(toUuid)}::uuid[], ${since}::date)::text,
           usage_lifetime_drop(NULL, ${since}::date)::text`;
}
