import { route } from "@/http/route";
import * as notes from "@/modules/notes";
import { notesApi } from "@/modules/notes/contract";

export const PATCH = route(notesApi.update, (ctx, { params, body }) =>
  notes.changeNote(ctx, params.customer_id, params.note_id, body),
);
export const DELETE = route(notesApi.remove, (ctx, { params }) =>
  notes.removeNote(ctx, params.customer_id, params.note_id),
);
