import { assertUnchanged } from "@/modules/audit";
import { settings } from "@/modules/settings";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import type { Ticket } from "../contract";
import type { MergeInput, RatingInput } from "../contract/outcome";
import { insertMessage, moveMessages } from "../queries/messages";
import {
  findResolved,
  lockTicket,
  pointMerged,
  updateTicket,
  type StoredTicket,
} from "../queries/tickets";
import { isLive } from "../status";
import { change, write } from "./changes";
import { changeBy, refuseMerged } from "./progress";
import { authorOf, withName } from "./shown";
import { toldOfTicket } from "./told";

/**
 * Merge a ticket into another one of the same customer: its messages go over, and it is closed for
 * good. Needs support:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function mergeTicket(
  ctx: Ctx,
  id: string,
  { into_id }: MergeInput,
): Promise<Ticket> {
  authorize(ctx, "support:write");
  if (id === into_id)
    throw invalid([{ field: "body.into_id", message: "must be another one" }]);
  return transaction(ctx, async (tx) => {
    const [from, into] = await lockBoth(tx, id, into_id);
    await assertUnchanged(tx, "ticket", from);
    if (from.customer_id !== into.customer_id)
      throw invalid([
        { field: "body.into_id", message: "must be of the same customer" },
      ]);
    refuseMerged(from);
    refuseMerged(into);
    const closing = await changeBy(tx, from, "merge");
    await moveMessages(tx, id, into_id);
    await pointMerged(tx, id, into_id);
    const closed = await updateTicket(tx, id, {
      ...closing,
      merged_into_id: into_id,
    });
    await toldOfTicket(tx, "ticket.merged", from, closed, { into_id });
    return withName(tx, await taking(tx, into, from));
  });
}

/**
 * Say how one was helped, once the ticket is resolved or closed; again replaces it. For a
 * customer's people. Needs support:write; throws NOT_FOUND, CONFLICT.
 */
export async function rateTicket(
  ctx: Ctx,
  id: string,
  { score, comment }: RatingInput,
): Promise<Ticket> {
  return change(ctx, id, async (tx, before) => {
    refuseMerged(before);
    if (isLive(before.status))
      throw new DomainError(
        "CONFLICT",
        `Ticket #${before.number} is not over yet. Close it before you rate the help.`,
      );
    return write(tx, "ticket.rated", before, {
      satisfaction_score: score,
      satisfaction_comment: comment ?? null,
      rated_at: tx.now(),
    });
  });
}

/** Close what was resolved so long ago as the settings say. Each in a transaction of its own. */
export async function closeResolved(ctx: Ctx): Promise<void> {
  const { auto_close_days: days } = (await settings(ctx)).support;
  if (days === null) return;
  const before = addSeconds(ctx.now(), -days * 24 * 60 * 60);
  let closed = 0;
  for (;;) {
    const ids = await findResolved(ctx, before, 100);
    for (const id of ids)
      closed += await transaction(ctx, (tx) => closeOne(tx, id));
    if (ids.length < 100) break;
  }
  ctx.log.info({ closed }, "closed resolved tickets");
}

async function closeOne(tx: TxCtx, id: string): Promise<number> {
  const before = await lockTicket(tx, id, null);
  // A reply may have opened it meanwhile.
  if (before?.status !== "resolved") return 0;
  await write(tx, "ticket.closed", before, await changeBy(tx, before, "close"));
  return 1;
}

// In the order of their ids, so that two who merge crosswise do not wait for each other.
async function lockBoth(
  tx: TxCtx,
  id: string,
  intoId: string,
): Promise<[StoredTicket, StoredTicket]> {
  const owner = owned(tx);
  const found = new Map<string, StoredTicket | null>();
  for (const one of [id, intoId].sort())
    found.set(one, await lockTicket(tx, one, owner));
  const [from, into] = [found.get(id), found.get(intoId)];
  if (!from) throw notFound("ticket");
  if (!into)
    throw invalid([
      { field: "body.into_id", message: "is no ticket: check the id" },
    ]);
  return [from, into];
}

/** What becomes of the ticket that takes the messages: it waits for an answer if the other did. */
async function taking(
  tx: TxCtx,
  into: StoredTicket,
  from: StoredTicket,
): Promise<StoredTicket> {
  await insertMessage(tx, {
    ...{ ticketId: into.id, author: authorOf(tx), side: "staff" },
    ...{ isInternal: true, mailId: null },
    body: `Merged ticket #${from.number}, “${from.subject.replace(/[[\]<>*_\`\\]/g, " ")}”, into this one.`,
  });
  const isOwed = from.response_due_at !== null;
  const opened = isOwed ? await changeBy(tx, into, "reopen") : {};
  const due = [from.response_due_at, into.response_due_at]
    .filter((at) => at !== null)
    .sort()[0];
  const isLater = from.last_message_at > into.last_message_at;
  const after = await updateTicket(tx, into.id, {
    ...opened,
    ...(due && { response_due_at: new Date(due) }),
    ...(isLater && {
      last_message_at: new Date(from.last_message_at),
      last_message_by: from.last_message_by,
    }),
  });
  await toldOfTicket(tx, "ticket.updated", into, after, {
    merged_id: from.id,
  });
  return after;
}
