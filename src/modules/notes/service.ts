import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import {
  authorize,
  may,
  type Actor,
  type Ctx,
  type TxCtx,
} from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { newId } from "@/shared/ids";
import type { Note, NoteInput, NotePatch, NoteQuery } from "./contract";
import {
  deleteNote,
  findNotes,
  insertNote,
  lockNote,
  updateNote,
  type Place,
  type StoredNote,
} from "./queries";

/** Notes about a customer, pinned ones first, then newest. Needs customers:read; throws NOT_FOUND. */
export async function listNotes(
  ctx: Ctx,
  customerId: string,
  { cursor, limit }: NoteQuery,
): Promise<{ items: Note[]; next_cursor: string | null }> {
  authorize(ctx, "customers:read");
  await getVisibleCustomer(ctx, customerId);
  const rows = await findNotes(ctx, customerId, placeOf(cursor), limit + 1);
  const items = rows.slice(0, limit).map((note) => shown(ctx.actor, note));
  const last = items.at(-1);
  const next = last && `${last.is_pinned ? "pinned:" : ""}${last.id}`;
  return { items, next_cursor: rows.length > limit ? (next ?? null) : null };
}

/** Write a note. Needs customers:write; throws NOT_FOUND. */
export async function createNote(
  ctx: Ctx,
  customerId: string,
  input: NoteInput,
): Promise<Note> {
  authorize(ctx, "customers:write");
  await getVisibleCustomer(ctx, customerId);
  return transaction(ctx, async (tx) => {
    const note = await insertNote(tx, {
      id: newId("nte"),
      customer_id: customerId,
      ...input,
      author: authorOf(ctx.actor),
    });
    await told(tx, "note.created", null, note);
    return shown(ctx.actor, note);
  });
}

/**
 * Change the text of a note, which is its writer's and that of who holds staff:write, or pin it.
 * Needs customers:write; throws NOT_FOUND, FORBIDDEN.
 */
export async function changeNote(
  ctx: Ctx,
  customerId: string,
  id: string,
  { body, is_pinned }: NotePatch,
): Promise<Note> {
  return write(ctx, customerId, id, async (tx, before) => {
    const isNew = body !== undefined && body !== before.body;
    if (isNew) assertMayChange(ctx.actor, before);
    const after = await updateNote(tx, id, {
      ...(isNew && { body, edited_at: tx.now() }),
      ...(is_pinned !== undefined && { is_pinned }),
    });
    await told(tx, "note.updated", before, after);
    return shown(ctx.actor, after);
  });
}

/** Delete a note, for its writer and who holds staff:write. Throws NOT_FOUND, FORBIDDEN. */
export async function removeNote(
  ctx: Ctx,
  customerId: string,
  id: string,
): Promise<{ id: string; deleted: true }> {
  return write(ctx, customerId, id, async (tx, note) => {
    assertMayChange(ctx.actor, note);
    await deleteNote(tx, id);
    await told(tx, "note.deleted", note, null);
    return { id, deleted: true };
  });
}

async function write<T>(
  ctx: Ctx,
  customerId: string,
  id: string,
  work: (tx: TxCtx, note: StoredNote) => Promise<T>,
): Promise<T> {
  authorize(ctx, "customers:write");
  await getVisibleCustomer(ctx, customerId);
  return transaction(ctx, async (tx) => {
    const note = await lockNote(tx, customerId, id);
    if (!note) throw notFound("note");
    return work(tx, note);
  });
}

async function told(
  tx: TxCtx,
  action: "note.created" | "note.updated" | "note.deleted",
  before: StoredNote | null,
  after: StoredNote | null,
): Promise<void> {
  const note = after ?? before;
  if (!note) return;
  await record(tx, {
    action,
    target: { kind: "note", id: note.id },
    customerId: note.customer_id,
    before,
    after,
  });
  await emit(tx, {
    name: action,
    payload: { customer_id: note.customer_id, note_id: note.id },
  });
}

function assertMayChange(actor: Actor, note: StoredNote): void {
  if (mayChange(actor, note)) return;
  throw new DomainError(
    "FORBIDDEN",
    `${note.author.name} wrote this note. Ask them, or an owner or admin, to change it.`,
    { permission: "staff:write" },
  );
}

function mayChange(actor: Actor, { author }: StoredNote): boolean {
  // What no person and no token wrote is as much one's as another's.
  const isOwn = author.id === null || author.id === authorOf(actor).id;
  return isOwn || may(actor, "staff:write");
}

function shown(actor: Actor, note: StoredNote): Note {
  const isWriter = may(actor, "customers:write");
  return { ...note, may_change: isWriter && mayChange(actor, note) };
}

function authorOf(actor: Actor): Note["author"] {
  switch (actor.kind) {
    case "staff":
      return { kind: "staff", id: actor.userId, name: actor.name };
    case "service":
      return { kind: "service", id: actor.tokenId, name: actor.name };
    default:
      // A customer's people and the public hold no permission for notes.
      return { kind: "system", id: null, name: actor.name };
  }
}

function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const id = cursor.replace("pinned:", "");
  return { id, is_pinned: id !== cursor };
}
