import { assertUnchanged, record } from "@/modules/audit";
import { settings } from "@/modules/settings";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import {
  filledReply,
  type CannedReply,
  type CannedReplyInput,
  type CannedReplyQuery,
} from "../contract/canned-replies";
import {
  deleteCannedReply,
  findCannedReplies,
  findCannedReply,
  insertCannedReply,
  isNameTaken,
  lockCannedReply,
  updateCannedReply,
} from "../queries/canned-replies";
import { findTicket } from "../queries/tickets";
import { withName } from "./shown";

/** Canned replies by name, filled in for a ticket when one is given. Needs support:read; throws NOT_FOUND. */
export async function listCannedReplies(
  ctx: Ctx,
  { ticket_id }: CannedReplyQuery,
): Promise<{ items: CannedReply[] }> {
  authorize(ctx, "support:read");
  const items = await findCannedReplies(ctx);
  if (!ticket_id) return { items };
  const stored = await findTicket(ctx, ticket_id, null);
  if (!stored) throw notFound("ticket");
  const [ticket, { company }] = await Promise.all([
    withName(ctx, stored),
    settings(ctx),
  ]);
  const values = {
    "customer.name": ticket.customer_name,
    "ticket.number": String(ticket.number),
    "ticket.subject": ticket.subject,
    "agent.name": ctx.actor.name,
    "company.name": company.name,
  };
  return {
    items: items.map((reply) => ({
      ...reply,
      text: filledReply(reply.body, values),
    })),
  };
}

/** A canned reply by public id. Needs support:read; throws NOT_FOUND. */
export async function getCannedReply(
  ctx: Ctx,
  id: string,
): Promise<CannedReply> {
  authorize(ctx, "support:read");
  const reply = await findCannedReply(ctx, id);
  if (!reply) throw notFound("canned reply");
  return reply;
}

/** Write a canned reply. Needs support:write; throws CONFLICT when another one has its name. */
export async function createCannedReply(
  ctx: Ctx,
  input: CannedReplyInput,
): Promise<CannedReply> {
  authorize(ctx, "support:write");
  return transaction(ctx, async (tx) => {
    const made = await insertCannedReply(tx, input);
    if (!made) throw taken(input.name);
    await told(tx, "canned_reply.created", null, made);
    return made;
  });
}

/** Change a canned reply. Needs support:write; throws NOT_FOUND, CONFLICT. */
export async function changeCannedReply(
  ctx: Ctx,
  id: string,
  input: CannedReplyInput,
): Promise<CannedReply> {
  authorize(ctx, "support:write");
  return transaction(ctx, async (tx) => {
    const before = await lockCannedReply(tx, id);
    if (!before) throw notFound("canned reply");
    await assertUnchanged(tx, "canned reply", before);
    if (await isNameTaken(tx, input.name, id)) throw taken(input.name);
    const after = await updateCannedReply(tx, id, input);
    await told(tx, "canned_reply.updated", before, after);
    return after;
  });
}

/** Delete a canned reply. Needs support:write; throws NOT_FOUND. */
export async function removeCannedReply(
  ctx: Ctx,
  id: string,
): Promise<CannedReply> {
  authorize(ctx, "support:write");
  return transaction(ctx, async (tx) => {
    const before = await lockCannedReply(tx, id);
    if (!before) throw notFound("canned reply");
    await deleteCannedReply(tx, id);
    await told(tx, "canned_reply.deleted", before, null);
    return before;
  });
}

async function told(
  tx: TxCtx,
  name: `canned_reply.${string}`,
  before: CannedReply | null,
  after: CannedReply | null,
): Promise<void> {
  const id = (after ?? before)?.id ?? "";
  const target = { kind: "canned_reply", id } as const;
  await record(tx, { action: name, target, before, after });
  await emit(tx, { name, payload: { canned_reply_id: id } });
}

function taken(name: string): DomainError {
  return new DomainError(
    "CONFLICT",
    `There is a canned reply ${JSON.stringify(name)} already. Choose another name.`,
  );
}
