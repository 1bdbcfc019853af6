import type { TicketStatus } from "./contract/parts";

/** What can happen to a ticket. */
export type TicketAct =
  | "customer_replies"
  | "staff_answers"
  | "hold"
  | "await_customer"
  | "resolve"
  | "close"
  | "reopen"
  | "merge";

/** What a ticket becomes by each act, from each status; an act that is not named is refused. */
export const transitions: Readonly<
  Record<TicketStatus, Readonly<Partial<Record<TicketAct, TicketStatus>>>>
> = {
  open: {
    customer_replies: "open",
    staff_answers: "pending",
    reopen: "open",
    await_customer: "pending",
    hold: "on_hold",
    resolve: "resolved",
    close: "closed",
    merge: "closed",
  },
  pending: {
    customer_replies: "open",
    staff_answers: "pending",
    reopen: "open",
    await_customer: "pending",
    hold: "on_hold",
    resolve: "resolved",
    close: "closed",
    merge: "closed",
  },
  on_hold: {
    customer_replies: "open",
    staff_answers: "pending",
    reopen: "open",
    await_customer: "pending",
    hold: "on_hold",
    resolve: "resolved",
    close: "closed",
    merge: "closed",
  },
  resolved: {
    customer_replies: "open",
    staff_answers: "resolved",
    reopen: "open",
    resolve: "resolved",
    close: "closed",
    merge: "closed",
  },
  // What is over is opened again first: its times are those of how it ended.
  closed: {
    customer_replies: "open",
    reopen: "open",
    close: "closed",
  },
};

/** The act that leads to a status which somebody chose. */
export const actTo: Readonly<Record<TicketStatus, TicketAct>> = {
  open: "reopen",
  pending: "await_customer",
  on_hold: "hold",
  resolved: "resolve",
  closed: "close",
};

/** What the ticket becomes, or null when the act is not possible now. */
export function nextStatus(
  status: TicketStatus,
  act: TicketAct,
): TicketStatus | null {
  return transitions[status][act] ?? null;
}

/** Whether it is neither resolved nor closed. */
export function isLive(status: TicketStatus): boolean {
  return status !== "resolved" && status !== "closed";
}
