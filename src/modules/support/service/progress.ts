import { planInForce } from "@/modules/limits";
import { plansOfVersions } from "@/modules/plans";
import { settings } from "@/modules/settings";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import type { TicketPriority, TicketStatus } from "../contract/parts";
import type { StoredTicket, TicketChange } from "../queries/tickets";
import { actTo, isLive, nextStatus, type TicketAct } from "../status";
import { responseDue } from "../targets";

/** When an answer is due that is owed to a customer from now on. */
export async function dueFrom(
  ctx: Ctx,
  customerId: string,
  priority: TicketPriority,
  from = ctx.now(),
): Promise<Date> {
  const [{ support }, version] = await Promise.all([
    settings(ctx),
    planInForce(ctx, customerId),
  ]);
  const plans = version ? await plansOfVersions(ctx, [version]) : null;
  const planId = (version && plans?.get(version)?.id) ?? null;
  return responseDue(support, planId, priority, from);
}

/** What an act makes of a ticket. Throws CONFLICT when it is not possible now. */
export async function changeBy(
  tx: TxCtx,
  ticket: StoredTicket,
  act: TicketAct,
): Promise<TicketChange> {
  const status = nextStatus(ticket.status, act);
  if (status === null || ticket.merged_into_id) throw refused(ticket);
  return becoming(tx, ticket, status, act);
}

/** What setting a status makes of a ticket; nothing when it has it. */
export async function changeTo(
  tx: TxCtx,
  ticket: StoredTicket,
  status: TicketStatus,
): Promise<TicketChange> {
  if (status === ticket.status) return {};
  return changeBy(tx, ticket, actTo[status]);
}

async function becoming(
  tx: TxCtx,
  ticket: StoredTicket,
  status: TicketStatus,
  act: TicketAct,
): Promise<TicketChange> {
  const now = tx.now();
  const isOpen = status === "open";
  // Who waits already goes on waiting from when they began to.
  const isOwed = ticket.response_due_at !== null && isOpen;
  const due = isOwed
    ? {}
    : {
        response_due_at: isOpen
          ? await dueFrom(tx, ticket.customer_id, ticket.priority)
          : null,
      };
  // Setting one aside late is no way to have answered in time; an answer says so itself.
  const isLate = !isOpen && act !== "merge" && ticket.is_overdue;
  return {
    status,
    ...due,
    ...(isLate && { was_late: true }),
    ...resolutionOf(ticket, status, now),
    closed_at: status === "closed" ? new Date(ticket.closed_at ?? now) : null,
  };
}

function resolutionOf(
  ticket: StoredTicket,
  status: TicketStatus,
  now: Date,
): TicketChange {
  if (isLive(status)) return { resolved_at: null, resolution_seconds: null };
  if (ticket.resolved_at) return {};
  return { resolved_at: now, resolution_seconds: since(ticket, now) };
}

/** Whole seconds since a ticket was opened. */
export function since({ created_at }: StoredTicket, now: Date): number {
  const ms = now.getTime() - new Date(created_at).getTime();
  return Math.max(0, Math.floor(ms / 1_000));
}

function refused({ status, number, merged_into_id }: StoredTicket) {
  if (merged_into_id)
    return new DomainError(
      "CONFLICT",
      `Ticket #${number} was merged into another one. Go on there.`,
      { merged_into_id },
    );
  return new DomainError(
    "CONFLICT",
    `Ticket #${number} is ${status}, so this is not possible. Open it again first.`,
    { status },
  );
}

/** Throws CONFLICT when another ticket has the messages of this one. */
export function refuseMerged(ticket: StoredTicket): void {
  if (ticket.merged_into_id) throw refused(ticket);
}
