import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import type { TicketQuery } from "../contract";
import { liveStatuses } from "../contract/parts";
import { toTicket, type StoredTicket } from "./tickets";

/** One page of tickets, the latest message first, of one customer or (null) of all. */
export async function findTickets(
  ctx: Ctx,
  owner: string | null,
  query: TicketQuery & { assigneeId?: string | null | undefined },
): Promise<{ items: StoredTicket[]; total: number }> {
  const where = toWhere(query, owner, ctx.now());
  const [rows, total] = await Promise.all([
    ctx.db.ticket.findMany({
      where,
      orderBy: [{ last_message_at: "desc" }, { id: "desc" }],
      ...pageWindow(query),
    }),
    ctx.db.ticket.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map((row) => toTicket(row, ctx.now())), total };
}

function toWhere(
  query: TicketQuery & { assigneeId?: string | null | undefined },
  owner: string | null,
  now: Date,
): Prisma.TicketWhereInput {
  const { status, is_live, priority, category, is_overdue, assigneeId } = query;
  const live = { status: { in: [...liveStatuses] } };
  const isDue = { response_due_at: { lte: now } };
  return {
    ...(owner && { customer_id: toUuid(owner) }),
    ...(status && { status }),
    ...(priority && { priority }),
    ...(category && { category }),
    ...(assigneeId !== undefined && {
      assignee_id: assigneeId && toUuid(assigneeId),
    }),
    AND: [
      is_live === undefined ? {} : is_live ? live : { NOT: live },
      is_overdue === undefined
        ? {}
        : is_overdue
          ? isDue
          : {
              OR: [{ response_due_at: null }, { response_due_at: { gt: now } }],
            },
      found(query.search ?? ""),
    ],
  };
}

// "#12" and "12" are a number; a percent sign or an underline stands for itself.
function found(search: string): Prisma.TicketWhereInput {
  if (search === "") return {};
  const part = search.replace(/[\\%_]/g, "\\$&");
  const [, digits = ""] = /^#?(\d{1,9})$/.exec(search) ?? [];
  const bySubject = {
    subject: { contains: part, mode: "insensitive" },
  } as const;
  return digits === ""
    ? bySubject
    : { OR: [{ number: Number(digits) }, bySubject] };
}
