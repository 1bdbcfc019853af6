import { authorize, owned, type Ctx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import type { TicketStats } from "../contract";
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
  type TicketStatus,
} from "../contract/parts";
import {
  countByKind,
  countSince,
  countWaiting,
  timesSince,
  type Counted,
} from "../queries/stats";
import { isLive } from "../status";
import { isOfUs } from "./shown";

/** Counts and times of tickets: of all for us, of their own for a customer's people. Needs support:read. */
export async function ticketStats(
  ctx: Ctx,
  { days }: { days: number },
): Promise<TicketStats> {
  authorize(ctx, "support:read");
  const owner = owned(ctx);
  const from = addSeconds(ctx.now(), -days * 24 * 60 * 60);
  const [kinds, waiting, since, first_response, resolution] = await Promise.all(
    [
      countByKind(ctx, owner),
      countWaiting(ctx, owner),
      countSince(ctx, from, owner),
      timesSince(ctx, "first_response", from, owner),
      timesSince(ctx, "resolution", from, owner),
    ],
  );
  // Safe: a CHECK constraint.
  const live = kinds.filter(({ status }) => isLive(status as TicketStatus));
  return {
    total: sum(kinds),
    open: sum(live),
    unassigned: isOfUs(ctx) ? waiting.unassigned : null,
    overdue: waiting.overdue,
    by_status: by(kinds, "status", ticketStatuses),
    by_priority: by(live, "priority", ticketPriorities),
    by_category: by(live, "category", ticketCategories),
    days,
    opened: since.opened,
    first_response,
    resolution,
    answered_late: since.answered_late,
    satisfaction: { count: since.rated, average: since.average_score },
  };
}

/** Tickets that wait for an answer of ours, for the navigation. Needs support:read. */
export async function countOpenTickets(ctx: Ctx): Promise<number> {
  authorize(ctx, "support:read");
  const kinds = await countByKind(ctx, owned(ctx));
  return sum(kinds.filter(({ status }) => status === "open"));
}

function sum(rows: Counted[]): number {
  return rows.reduce((total, { tickets }) => total + tickets, 0);
}

function by<K extends string>(
  rows: Counted[],
  field: "status" | "priority" | "category",
  names: readonly K[],
): Record<K, number> {
  const counted = names.map((name) => [
    name,
    sum(rows.filter((row) => row[field] === name)),
  ]);
  return Object.fromEntries(counted) as Record<K, number>; // Safe: each name once.
}
