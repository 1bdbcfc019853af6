import type { Ctx } from "@/platform/context";
import { Prisma } from "@/platform/db/generated/client";
import { toUuid } from "@/shared/ids";

/** How many tickets there are of each kind. */
export type Counted = {
  status: string;
  priority: string;
  category: string;
  tickets: number;
};

/** All tickets by kind, from the counts that a trigger keeps; a customer's own are counted. */
export async function countByKind(
  ctx: Ctx,
  owner: string | null,
): Promise<Counted[]> {
  if (owner === null)
    return ctx.db.$queryRaw<Counted[]>`
      SELECT status, priority, category, sum(tickets)::int AS tickets
      FROM ticket_counts GROUP BY 1, 2, 3 HAVING sum(tickets) > 0`;
  return ctx.db.$queryRaw<Counted[]>`
    SELECT status, priority, category, count(*)::int AS tickets
    FROM tickets WHERE customer_id = ${toUuid(owner)}::uuid GROUP BY 1, 2, 3`;
}

/** Tickets that are not over: those that nobody sees to, and those whose answer is due by now. */
export async function countWaiting(
  ctx: Ctx,
  owner: string | null,
): Promise<{ unassigned: number; overdue: number }> {
  const [row] = await ctx.db.$queryRaw<
    { unassigned: number; overdue: number }[]
  >`
    SELECT
      (SELECT count(*)::int FROM tickets t WHERE assignee_id IS NULL
        AND status IN ('open', 'pending', 'on_hold') ${ofOwner(owner)}) AS unassigned,
      (SELECT count(*)::int FROM tickets t
        WHERE response_due_at <= ${ctx.now()} ${ofOwner(owner)}) AS overdue`;
  return row ?? { unassigned: 0, overdue: 0 };
}

export type TimesRow = {
  count: number;
  average_seconds: number | null;
  median_seconds: number | null;
  p90_seconds: number | null;
};

/** Times of what happened since an instant; an index holds them, so nothing older is read. */
export async function timesSince(
  ctx: Ctx,
  what: "first_response" | "resolution",
  since: Date,
  owner: string | null,
): Promise<TimesRow> {
  const [at, seconds] =
    what === "first_response"
      ? [Prisma.sql`first_responded_at`, Prisma.sql`first_response_seconds`]
      : [Prisma.sql`resolved_at`, Prisma.sql`resolution_seconds`];
  const [row] = await ctx.db.$queryRaw<TimesRow[]>`
    SELECT count(*)::int AS count, round(avg(${seconds}))::int AS average_seconds,
      round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${seconds}))::int AS median_seconds,
      round(percentile_cont(0.9) WITHIN GROUP (ORDER BY ${seconds}))::int AS p90_seconds
    FROM tickets t WHERE ${at} >= ${since} ${ofOwner(owner)}`;
  return (
    row ?? {
      ...{ count: 0, average_seconds: null },
      ...{ median_seconds: null, p90_seconds: null },
    }
  );
}

export type SinceRow = {
  opened: number;
  answered_late: number;
  rated: number;
  average_score: number | null;
};

/** What else happened since an instant. */
export async function countSince(
  ctx: Ctx,
  since: Date,
  owner: string | null,
): Promise<SinceRow> {
  const [row] = await ctx.db.$queryRaw<SinceRow[]>`
    SELECT opened, answered_late, rated, average_score
    FROM (SELECT count(*)::int AS opened, count(*) FILTER (WHERE was_late)::int AS answered_late
          FROM tickets t WHERE created_at >= ${since} ${ofOwner(owner)}) o,
      (SELECT count(*)::int AS rated, round(avg(satisfaction_score), 2)::float AS average_score
       FROM tickets t WHERE rated_at >= ${since} ${ofOwner(owner)}) r`;
  return row ?? { opened: 0, answered_late: 0, rated: 0, average_score: null };
}

function ofOwner(owner: string | null): Prisma.Sql {
  return owner === null
    ? Prisma.empty
    : Prisma.sql`AND t.customer_id = ${toUuid(owner)}::uuid`;
}
