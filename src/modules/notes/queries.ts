import type { Ctx, TxCtx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Note } from "./contract";

/** A note, before it is said what the caller may do with it. */
export type StoredNote = Omit<Note, "may_change">;

/** The note that was read last. */
export type Place = { id: string; is_pinned: boolean };

/** Notes about a customer in their order, those after a place. */
export async function findNotes(
  ctx: Ctx,
  customerId: string,
  after: Place | null,
  take: number,
): Promise<StoredNote[]> {
  const of = { customer_id: toUuid(customerId) };
  const beyond = after ? { id: { lt: toUuid(after.id) } } : {};
  const read = (where: Prisma.NoteWhereInput, count: number) =>
    count <= 0
      ? []
      : ctx.db.note.findMany({
          where: { ...of, ...where },
          orderBy: { id: "desc" },
          take: count,
        });
  const isPastPinned = after !== null && !after.is_pinned;
  const pinned = isPastPinned
    ? []
    : await read({ is_pinned: true, ...beyond }, take);
  const rest = await read(
    { is_pinned: false, ...(isPastPinned && beyond) },
    take - pinned.length,
  );
  return [...pinned, ...rest].map(toNote);
}

/** The note, locked until the transaction ends; null when this customer has none of this id. */
export async function lockNote(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<StoredNote | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM notes WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  const where = { id: toUuid(id), customer_id: toUuid(customerId) };
  const row = await tx.db.note.findFirst({ where });
  return row && toNote(row);
}

export async function insertNote(
  tx: TxCtx,
  note: Pick<StoredNote, "id" | "customer_id" | "body" | "is_pinned"> & {
    author: StoredNote["author"];
  },
): Promise<StoredNote> {
  const { id, customer_id, body, is_pinned, author } = note;
  const row = await tx.db.note.create({
    data: {
      id: toUuid(id),
      customer_id: toUuid(customer_id),
      body,
      is_pinned,
      author_kind: author.kind,
      author_id: author.id && toUuid(author.id),
      author_name: author.name,
      created_at: tx.now(),
    },
  });
  return toNote(row);
}

export async function updateNote(
  tx: TxCtx,
  id: string,
  data: { body?: string; is_pinned?: boolean; edited_at?: Date },
): Promise<StoredNote> {
  return toNote(await tx.db.note.update({ where: { id: toUuid(id) }, data }));
}

export async function deleteNote(tx: TxCtx, id: string): Promise<void> {
  await tx.db.note.delete({ where: { id: toUuid(id) } });
}

const authorPrefixes = { staff: "usr", service: "stk", system: "usr" } as const;

function toNote(row: Prisma.NoteGetPayload<object>): StoredNote {
  const kind = row.author_kind as Note["author"]["kind"]; // Safe: a CHECK constraint.
  return {
    id: fromUuid("nte", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    body: row.body,
    is_pinned: row.is_pinned,
    author: {
      kind,
      id: row.author_id && fromUuid(authorPrefixes[kind], row.author_id),
      name: row.author_name,
    },
    edited_at: row.edited_at && row.edited_at.toISOString(),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
