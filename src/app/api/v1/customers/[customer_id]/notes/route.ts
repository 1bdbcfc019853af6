import { route } from "@/http/route";
import * as notes from "@/modules/notes";
import { notesApi } from "@/modules/notes/contract";

export const GET = route(notesApi.list, (ctx, { params, query }) =>
  notes.listNotes(ctx, params.customer_id, query),
);
export const POST = route(notesApi.create, (ctx, { params, body }) =>
  notes.createNote(ctx, params.customer_id, body),
);
