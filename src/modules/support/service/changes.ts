import { assertUnchanged } from "@/modules/audit";
import type { Blocker } from "@/modules/customers";
import { staffContacts, type Contact } from "@/modules/identity";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { invalid, notFound } from "@/shared/errors";
import { staffPermissions, staffRoles } from "@/shared/permissions";
import { addSeconds } from "@/shared/time";
import type { Ticket, TicketDetail, TicketPatch } from "../contract";
import {
  countLive,
  lockTicket,
  updateTicket,
  type StoredTicket,
  type TicketChange,
} from "../queries/tickets";
import { assertAbout } from "./about";
import { refuseForCustomers, say } from "./messages";
import { changeBy, changeTo, dueFrom } from "./progress";
import { authorOf, withName } from "./shown";
import { detailOf } from "./tickets";
import { toldOfTicket } from "./told";

/** The roles whose people can see to tickets. */
export const answering = staffRoles.filter((role) =>
  staffPermissions[role].has("support:write"),
);

/**
 * Change a ticket, or answer in it. Customers may answer, and change its subject, category and what
 * it is about. Needs support:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function changeTicket(
  ctx: Ctx,
  id: string,
  { message, ...patch }: TicketPatch,
): Promise<TicketDetail> {
  for (const field of ["priority", "status", "assignee_id"] as const)
    refuseForCustomers(ctx, field, patch[field]);
  return change(ctx, id, async (tx, before) => {
    // With an answer, the status is what the ticket becomes by it.
    const { status, ...fields } = patch;
    const asked = message === undefined ? patch : fields;
    const changed = await changesOf(tx, before, asked);
    const isSame = Object.keys(changed).length === 0;
    const after = isSame ? before : await updateTicket(tx, id, changed);
    if (!isSame) await toldOfTicket(tx, "ticket.updated", before, after);
    if (message === undefined) return detailOf(tx, after);
    const said = await say(tx, after, {
      ...{ author: authorOf(tx), body: message, isInternal: false },
      ...{ status, attachmentIds: [], mailId: null },
    });
    return detailOf(tx, said.ticket);
  });
}

/** Close a ticket; doing so twice changes nothing. Needs support:write; throws NOT_FOUND. */
export async function closeTicket(ctx: Ctx, id: string): Promise<Ticket> {
  return change(ctx, id, async (tx, before) => {
    if (before.status === "closed") return withName(tx, before);
    const changed = await changeBy(tx, before, "close");
    return write(tx, "ticket.closed", before, changed);
  });
}

/** Open a ticket again. Needs support:write; throws NOT_FOUND, CONFLICT when it was merged. */
export async function reopenTicket(ctx: Ctx, id: string): Promise<Ticket> {
  return change(ctx, id, async (tx, before) => {
    if (before.status === "open") return withName(tx, before);
    const changed = await changeBy(tx, before, "reopen");
    return write(tx, "ticket.reopened", before, changed);
  });
}

/** Give a ticket to a member of staff, or (null) to nobody. Needs support:write; throws NOT_FOUND. */
export async function assignTicket(
  ctx: Ctx,
  id: string,
  { assignee_id }: { assignee_id: string | null },
): Promise<Ticket> {
  return change(ctx, id, async (tx, before) => {
    if (before.assignee_id === assignee_id) return withName(tx, before);
    await assertAgent(tx, assignee_id);
    return write(
      tx,
      "ticket.assigned",
      before,
      { assignee_id },
      {
        assignee_id,
      },
    );
  });
}

/** The members of staff who can see to tickets, by name. Needs support:read. */
export async function listAgents(
  ctx: Ctx,
): Promise<Pick<Contact, "id" | "name">[]> {
  authorize(ctx, "support:read");
  const team = await staffContacts(ctx, answering);
  return team
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Tickets that are not over: they stand in the way of deleting their customer. */
export async function supportBlocker(
  tx: TxCtx,
  customerId: string,
): Promise<Blocker> {
  return { kind: "open tickets", count: await countLive(tx, customerId) };
}

/** Write a change with all that is told of it; the ticket is locked, and the caller authorised. */
export async function write(
  tx: TxCtx,
  name: `ticket.${string}`,
  before: StoredTicket,
  changed: TicketChange,
  noted: Record<string, string | number | null> = {},
): Promise<Ticket> {
  const after = await updateTicket(tx, before.id, changed);
  await toldOfTicket(tx, name, before, after, noted);
  return withName(tx, after);
}

/** Authorise, lock the ticket, and see that it is as the caller saw it. */
export async function change<T>(
  ctx: Ctx,
  id: string,
  work: (tx: TxCtx, before: StoredTicket) => Promise<T>,
): Promise<T> {
  authorize(ctx, "support:write");
  return transaction(ctx, async (tx) => {
    const before = await lockTicket(tx, id, owned(tx));
    if (!before) throw notFound("ticket");
    await assertUnchanged(tx, "ticket", before);
    return work(tx, before);
  });
}

async function changesOf(
  tx: TxCtx,
  before: StoredTicket,
  patch: Omit<TicketPatch, "message">,
): Promise<TicketChange> {
  const { subject, category, priority, status, assignee_id, about_id } = patch;
  if (assignee_id !== undefined && assignee_id !== before.assignee_id)
    await assertAgent(tx, assignee_id);
  if (about_id && about_id !== before.about_id)
    await assertAbout(tx, before.customer_id, about_id);
  const plain = differing(before, {
    ...{ subject, category, priority, assignee_id, about_id },
  });
  return {
    ...plain,
    ...(plain.priority && (await dueAnew(tx, before, plain.priority))),
    ...(status && (await changeTo(tx, before, status))),
  };
}

// Another priority is another target, from when the customer began to wait.
async function dueAnew(
  tx: TxCtx,
  ticket: StoredTicket,
  priority: StoredTicket["priority"],
): Promise<TicketChange> {
  const { customer_id, response_due_at } = ticket;
  if (response_due_at === null) return {};
  const due = new Date(response_due_at);
  const span = (at: Date) => at.getTime() - tx.now().getTime();
  const [was, is] = await Promise.all([
    dueFrom(tx, customer_id, ticket.priority),
    dueFrom(tx, customer_id, priority),
  ]);
  return {
    response_due_at: addSeconds(due, (span(is) - span(was)) / 1_000),
  };
}

function differing(
  before: StoredTicket,
  fields: Partial<
    Record<
      "subject" | "category" | "priority" | "assignee_id" | "about_id",
      unknown
    >
  >,
): TicketChange {
  const changed = Object.entries(fields).filter(
    ([name, value]) =>
      value !== undefined && value !== before[name as keyof StoredTicket],
  );
  return Object.fromEntries(changed);
}

async function assertAgent(tx: TxCtx, id: string | null): Promise<void> {
  if (id === null) return;
  const team = await staffContacts(tx, answering);
  if (team.some((one) => one.id === id)) return;
  throw invalid([
    {
      field: "body.assignee_id",
      message: "must be a member of staff who may answer tickets",
    },
  ]);
}
