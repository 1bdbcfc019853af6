import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { Ticket } from "../contract";
import {
  aboutKinds,
  liveStatuses,
  type AboutKind,
  type Author,
  type Side,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
} from "../contract/parts";

/** A ticket as its table holds it; names of other modules are added by the service. */
export type StoredTicket = Omit<Ticket, "customer_name" | "assignee"> & {
  assignee_id: string | null;
};

export type NewTicket = {
  customerId: string;
  subject: string;
  priority: TicketPriority;
  category: TicketCategory;
  aboutId: string | null;
  openedBy: Author;
  side: Side;
  responseDueAt: Date | null;
  now: Date;
};

/** Columns that a change may set. */
export type TicketChange = {
  subject?: string;
  status?: TicketStatus;
  priority?: TicketPriority;
  category?: TicketCategory;
  assignee_id?: string | null;
  about_id?: string | null;
  last_message_at?: Date;
  last_message_by?: Side;
  response_due_at?: Date | null;
  was_late?: boolean;
  first_responded_at?: Date;
  first_response_seconds?: number;
  resolved_at?: Date | null;
  resolution_seconds?: number | null;
  closed_at?: Date | null;
  merged_into_id?: string;
  satisfaction_score?: number;
  satisfaction_comment?: string | null;
  rated_at?: Date;
};

export async function insertTicket(
  tx: TxCtx,
  ticket: NewTicket,
): Promise<StoredTicket> {
  const { openedBy } = ticket;
  const row = await tx.db.ticket.create({
    data: {
      id: toUuid(newId("tkt")),
      customer_id: toUuid(ticket.customerId),
      subject: ticket.subject,
      priority: ticket.priority,
      category: ticket.category,
      opened_by_kind: openedBy.kind,
      opened_by_id: openedBy.id && toUuid(openedBy.id),
      opened_by_name: openedBy.name,
      ...about(ticket.aboutId),
      last_message_at: ticket.now,
      last_message_by: ticket.side,
      response_due_at: ticket.responseDueAt,
      created_at: ticket.now,
      updated_at: ticket.now,
    },
  });
  return toTicket(row, ticket.now);
}

/** The ticket, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findTicket(
  ctx: Ctx,
  id: string,
  owner: string | null,
): Promise<StoredTicket | null> {
  const row = await ctx.db.ticket.findFirst({
    where: { id: toUuid(id), ...(owner && { customer_id: toUuid(owner) }) },
  });
  return row && toTicket(row, ctx.now());
}

/** The same, locked until the transaction ends. */
export async function lockTicket(
  tx: TxCtx,
  id: string,
  owner: string | null,
): Promise<StoredTicket | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM tickets WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findTicket(tx, id, owner);
}

export async function updateTicket(
  tx: TxCtx,
  id: string,
  { assignee_id, about_id, merged_into_id, ...rest }: TicketChange,
): Promise<StoredTicket> {
  const row = await tx.db.ticket.update({
    where: { id: toUuid(id) },
    data: {
      ...rest,
      ...(assignee_id !== undefined && {
        assignee_id: assignee_id && toUuid(assignee_id),
      }),
      ...(about_id !== undefined && about(about_id)),
      ...(merged_into_id !== undefined && {
        merged_into_id: toUuid(merged_into_id),
      }),
      updated_at: tx.now(),
    },
  });
  return toTicket(row, tx.now());
}

/** Tickets that were merged into one that is merged itself now. */
export async function pointMerged(
  tx: TxCtx,
  from: string,
  to: string,
): Promise<void> {
  await tx.db.ticket.updateMany({
    where: { merged_into_id: toUuid(from) },
    data: { merged_into_id: toUuid(to) },
  });
}

/** Tickets that were resolved before an instant, the oldest first. */
export async function findResolved(
  ctx: Ctx,
  before: Date,
  take: number,
): Promise<string[]> {
  const rows = await ctx.db.ticket.findMany({
    where: { status: "resolved", resolved_at: { lt: before } },
    select: { id: true },
    orderBy: { resolved_at: "asc" },
    take,
  });
  return rows.map(({ id }) => fromUuid("tkt", id));
}

/** How many tickets of a customer are not over. */
export async function countLive(ctx: Ctx, customerId: string): Promise<number> {
  const status = { in: [...liveStatuses] };
  const where = { customer_id: toUuid(customerId), status };
  return ctx.db.ticket.count({ where, take: 1_000 });
}

function about(id: string | null) {
  if (id === null) return { about_kind: null, about_id: null };
  const prefix = id.slice(0, 3) as keyof typeof aboutKinds; // Safe: the contract asks for one of them.
  return { about_kind: aboutKinds[prefix], about_id: toUuid(id) };
}

type Row = Prisma.TicketGetPayload<object>;

/** The ticket of a row. */
export function toTicket(row: Row, now: Date): StoredTicket {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  const due = row.response_due_at;
  return {
    id: fromUuid("tkt", row.id),
    number: row.number,
    customer_id: fromUuid("cus", row.customer_id),
    subject: row.subject,
    // Safe: CHECK constraints, here and below.
    status: row.status as TicketStatus,
    priority: row.priority as TicketPriority,
    category: row.category as TicketCategory,
    assignee_id: row.assignee_id && fromUuid("usr", row.assignee_id),
    opened_by: toAuthor(
      row.opened_by_kind,
      row.opened_by_id,
      row.opened_by_name,
    ),
    about_id: toAbout(row),
    last_message_at: row.last_message_at.toISOString(),
    last_message_by: row.last_message_by as Side,
    response_due_at: iso(due),
    is_overdue: due !== null && due <= now,
    was_late: row.was_late,
    first_responded_at: iso(row.first_responded_at),
    resolved_at: iso(row.resolved_at),
    closed_at: iso(row.closed_at),
    merged_into_id: row.merged_into_id && fromUuid("tkt", row.merged_into_id),
    satisfaction:
      row.satisfaction_score !== null && row.rated_at
        ? {
            score: row.satisfaction_score,
            comment: row.satisfaction_comment,
            rated_at: row.rated_at.toISOString(),
          }
        : null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

/** Who wrote something, by the columns that say so. */
export function toAuthor(
  kind: string,
  id: string | null,
  name: string,
): Author {
  const prefix = kind === "service" ? "stk" : "usr";
  return {
    kind: kind as Author["kind"], // Safe: a CHECK constraint.
    id: id && fromUuid(prefix, id),
    name,
  };
}

function toAbout({ about_kind, about_id }: Row): string | null {
  if (about_id === null) return null;
  const prefixes: Record<AboutKind, keyof typeof aboutKinds> = {
    tenant: "tnt",
    ...{ invoice: "ivc", key: "key" },
    ...{ license: "lic", subscription: "sub" },
  };
  return fromUuid(prefixes[about_kind as AboutKind], about_id); // Safe: a CHECK constraint.
}
