import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";

/** Plain text; a line break is \n. */
const Body = text(5_000).overwrite((value) => value.replace(/\r\n?/g, "\n"));

/** What somebody wrote down about a customer; its people never see it. */
export const Note = z
  .object({
    id: idOf("nte"),
    customer_id: idOf("cus"),
    body: z.string(),
    is_pinned: z.boolean(),
    author: z.object({
      kind: z.enum(["staff", "service", "system"]),
      id: z.string().nullable(),
      name: z.string(),
    }),
    may_change: z.boolean().meta({
      description: "whether the caller may change its text, and delete it",
    }),
    edited_at: z.iso.datetime().nullable().meta({
      description: "when its text was changed last; null: never",
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Note" });
export type Note = z.output<typeof Note>;

export const NoteInput = z
  .strictObject({ body: Body, is_pinned: z.boolean().default(false) })
  .meta({ id: "NoteInput" });
export type NoteInput = z.output<typeof NoteInput>;

export const NotePatch = z
  .strictObject({ body: Body.optional(), is_pinned: z.boolean().optional() })
  .meta({ id: "NotePatch" });
export type NotePatch = z.output<typeof NotePatch>;

/** The note that was read last, and whether it was pinned, since those come first. */
const NoteCursor = z
  .string()
  .regex(/^(pinned:)?nte_[0-7][0-9a-hjkmnp-tv-z]{25}$/, {
    error: "must be a next_cursor",
  });

export const NoteQuery = z.strictObject(cursorFields(NoteCursor));
export type NoteQuery = z.output<typeof NoteQuery>;

const staff = { audience: ["staff", "service"] } as const;
const readers = { ...staff, permission: "customers:read" } as const;
const writers = { ...staff, permission: "customers:write" } as const;
const OfCustomer = z.object({ customer_id: idOf("cus") });
const NoteId = OfCustomer.extend({ note_id: idOf("nte") });

export const notesApi = {
  list: endpoint({
    id: "notes.list",
    method: "GET",
    path: "/v1/customers/{customer_id}/notes",
    summary: "List the notes about a customer, pinned ones first, then newest",
    ...readers,
    params: OfCustomer,
    query: NoteQuery,
    response: cursorPageOf(Note),
    errors: ["NOT_FOUND"],
  }),
  create: endpoint({
    id: "notes.create",
    method: "POST",
    path: "/v1/customers/{customer_id}/notes",
    summary: "Write a note about a customer, for staff only",
    ...writers,
    status: 201,
    params: OfCustomer,
    body: NoteInput,
    response: Note,
    errors: ["NOT_FOUND"],
    example: { body: "Prefers invoices by post.\nAsk for Grace." },
  }),
  update: endpoint({
    id: "notes.update",
    method: "PATCH",
    path: "/v1/customers/{customer_id}/notes/{note_id}",
    summary: "Change or pin a note",
    description:
      "The text is its writer's to change, and that of those who hold staff:write. Anybody who may write notes may pin one.",
    ...writers,
    params: NoteId,
    body: NotePatch,
    response: Note,
    errors: ["NOT_FOUND", "FORBIDDEN"],
    example: { is_pinned: true },
  }),
  remove: endpoint({
    id: "notes.remove",
    method: "DELETE",
    path: "/v1/customers/{customer_id}/notes/{note_id}",
    summary: "Delete a note",
    description: "For its writer, and those who hold staff:write.",
    ...writers,
    params: NoteId,
    response: z.object({ id: idOf("nte"), deleted: z.literal(true) }),
    errors: ["NOT_FOUND", "FORBIDDEN"],
  }),
};
