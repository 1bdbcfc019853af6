import { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { noKey, restOfSeries } from "./names";
import { byDay, daily, everyonesParts, hourly, type Days } from "./sources";

/** Names that stand alone in trends; what is left is one more series. */
export const mostSeries = 10;

/** How many customers are weighed, and how many of each day are looked at for them. */
const mostWeighed = 200;
const dayRows = 6_000;
/** Whose keys are weighed together, and how often. */
const together = 10;
const mostRounds = 5;

type Busy = { customer_id: string; calls: number };
type BusyKey = { customer_id: string; key_id: string; calls: number };

type Ranked = { named: Prisma.Sql; isExact: boolean };

/**
 * Everyone's usage by customer or key, as rows of `bucket`, `name` and sums: the ten with most calls,
 * and what is left of everyone's as one more. It costs the same however many customers there are.
 * What a row says is exact; `isExact` says whether nobody else can have had more calls than the ten.
 */
export async function ofBusiest(
  ctx: Ctx,
  by: "customer" | "key",
  days: Days,
  interval: "hour" | "day" | "month",
  sums: Prisma.Sql,
): Promise<{ used: Prisma.Sql; isExact: boolean }> {
  const { named, isExact } =
    by === "customer"
      ? await ofCustomers(ctx, days, interval)
      : await ofKeys(ctx, days, interval);
  const whole = everyonesParts(
    interval === "hour" ? "hour" : "day",
    "none",
    days,
  );
  const used = Prisma.sql`
    SELECT * FROM (
      WITH named AS (
        SELECT date_trunc(${interval}, hour, 'UTC') AS bucket, name, ${sums} FROM (${named}) u GROUP BY 1, 2
      ),
      rest AS (
        SELECT bucket, sum(calls) AS calls, sum(errors) AS errors, sum(refused) AS refused, sum(tokens) AS tokens,
               sum(cost) AS cost, sum(unpriced) AS unpriced
        FROM (
          SELECT date_trunc(${interval}, hour, 'UTC') AS bucket, calls, errors, refused, tokens, cost, unpriced FROM (${whole}) w
          UNION ALL
          SELECT bucket, -calls, -errors, -refused, -tokens, -cost, -unpriced FROM named
        ) parts GROUP BY bucket
      )
      SELECT bucket, name, calls, errors, refused, tokens, cost, unpriced FROM named
      UNION ALL
      SELECT bucket, ${restOfSeries}, calls, errors, refused, tokens, cost, unpriced FROM rest
      WHERE (calls, errors, refused, tokens, cost, unpriced) <> (0, 0, 0, 0, 0, 0)
    ) busiest`;
  return { used, isExact };
}

async function ofCustomers(
  ctx: Ctx,
  days: Days,
  interval: "hour" | "day" | "month",
): Promise<Ranked> {
  const { busy, unseen } = await findBusiest(ctx, days);
  const ids = busy.slice(0, mostSeries).map(({ customer_id }) => customer_id);
  const source = interval === "hour" ? hourly(ids, days) : daily(ids, days);
  return {
    named: Prisma.sql`SELECT *, customer_id::text AS name FROM (${source}) u`,
    isExact: callsOfTenth(busy) >= unseen,
  };
}

// No key has more calls than its customer: so once the tenth key has more than the next customer,
// the ten are found.
async function ofKeys(
  ctx: Ctx,
  days: Days,
  interval: "hour" | "day" | "month",
): Promise<Ranked> {
  const { busy, unseen } = await findBusiest(ctx, days);
  let found: BusyKey[] = [];
  let next = Infinity;
  for (
    let from = 0;
    callsOfTenth(found) < next && from < together * mostRounds;
    from += together
  ) {
    const some = busy.slice(from, from + together);
    found = [...found, ...(await findKeysOf(ctx, some, days))]
      .sort((a, b) => b.calls - a.calls)
      .slice(0, mostSeries);
    next = busy[from + together]?.calls ?? 0;
  }
  const customers = [...new Set(found.map(({ customer_id }) => customer_id))];
  const source =
    interval === "hour" ? hourly(customers, days) : byDay(customers, days);
  return {
    named: Prisma.sql`
      SELECT *, key AS name FROM (${source}) u
      WHERE key = ANY (${found.map(({ key_id }) => key_id)}::text[])`,
    isExact: callsOfTenth(found) >= Math.max(next, unseen),
  };
}

function callsOfTenth(busy: readonly { calls: number }[]): number {
  return busy[mostSeries - 1]?.calls ?? 0;
}

async function findBusiest(
  ctx: Ctx,
  { from, to }: Days,
): Promise<{ busy: Busy[]; unseen: number }> {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const perDay = Math.ceil(dayRows / length);
  const busy = await ctx.db.$queryRaw<(Busy & { unseen: number })[]>`
    SELECT customer_id::text, calls::float8, unseen
    FROM usage_busiest(${from}::date, ${to}::date, ${Math.max(20, Math.min(mostWeighed, perDay))}::int, ${mostWeighed}::int)`;
  return { busy, unseen: busy[0]?.unseen ?? 0 };
}

function findKeysOf(
  ctx: Ctx,
  customers: Busy[],
  days: Days,
): Promise<BusyKey[]> {
  const ids = customers.map(({ customer_id }) => customer_id);
  return ctx.db.$queryRaw<BusyKey[]>`
    SELECT customer_id::text, key AS key_id, sum(calls)::float8 AS calls FROM (${byDay(ids, days)}) u
    WHERE key <> ${noKey} GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT ${mostSeries}`;
}
