import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Sub } from "../subscription";
import { toSub } from "./row";

/** Something of whom, and when, the clock has to look at. */
export type Due = { id: string; customerId: string; at: Date };

type Row = { id: string; customer_id: string; next_action_at: Date };

/**
 * What is due by now, of all whose clock is the true one, in the order of time, after the last one
 * of the page before; locked with its customers until the transaction ends. What another process
 * works on is passed over, so that several share a run.
 */
export async function claimPage(
  tx: TxCtx,
  by: Date,
  after: Due | null,
  take: number,
): Promise<Due[]> {
  const from = after?.at ?? new Date(0);
  const id = after ? toUuid(after.id) : "00000000-0000-0000-0000-000000000000";
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT s.id, s.customer_id, s.next_action_at
    FROM subscriptions s JOIN customers c ON c.id = s.customer_id
    WHERE s.next_action_at <= ${by}::timestamptz AND c.clock_at IS NULL
      AND (s.next_action_at, s.id) > (${from}::timestamptz, ${id}::uuid)
    ORDER BY s.next_action_at, s.id LIMIT ${take} FOR UPDATE SKIP LOCKED`;
  return rows.map(toDue);
}

/** Of these, what is still due, locked in the same way. */
export async function claimThese(
  tx: TxCtx,
  due: Due[],
  by: Date,
): Promise<Due[]> {
  const ids = due.map(({ id }) => toUuid(id));
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT s.id, s.customer_id, s.next_action_at
    FROM subscriptions s JOIN customers c ON c.id = s.customer_id
    WHERE s.id = ANY (${ids}::uuid[]) AND s.next_action_at <= ${by}::timestamptz
    ORDER BY s.next_action_at, s.id FOR UPDATE SKIP LOCKED`;
  return rows.map(toDue);
}

/** Subscriptions that were claimed, by their ids. */
export async function findClaimed(
  tx: TxCtx,
  due: Due[],
): Promise<Map<string, Sub>> {
  const rows = await tx.db.subscription.findMany({
    where: { id: { in: due.map(({ id }) => toUuid(id)) } },
  });
  return new Map(rows.map(toSub).map((sub) => [sub.id, sub]));
}

/** What of a customer is due next, by an instant. */
export async function findNextOf(
  ctx: Ctx,
  customerId: string,
  by: Date,
): Promise<Due | null> {
  const row = await ctx.db.subscription.findFirst({
    where: { customer_id: toUuid(customerId), next_action_at: { lte: by } },
    orderBy: [{ next_action_at: "asc" }, { id: "asc" }],
    select: { id: true, next_action_at: true },
  });
  return row?.next_action_at
    ? { id: fromUuid("sub", row.id), customerId, at: row.next_action_at }
    : null;
}

function toDue(row: Row): Due {
  return {
    id: fromUuid("sub", row.id),
    customerId: fromUuid("cus", row.customer_id),
    at: row.next_action_at,
  };
}
