import { call } from "@/client/call";
import { notesApi, type Note } from "../contract";

// Imported when it is needed: the page is lighter without the contract.

/** Writes a note about a customer. */
export function write(customer_id: string, body: string) {
  return call(notesApi.create, { params: { customer_id }, body: { body } });
}

/** Pins a note over the others, or takes it down. */
export function pin({ customer_id, id, is_pinned }: Note) {
  const params = { customer_id, note_id: id };
  return call(notesApi.update, { params, body: { is_pinned: !is_pinned } });
}

/** Deletes a note. */
export function remove({ customer_id, id }: Note) {
  return call(notesApi.remove, { params: { customer_id, note_id: id } });
}

/** The notes after those that have been read. */
export function older(customer_id: string, cursor: string) {
  return call(notesApi.list, { params: { customer_id }, query: { cursor } });
}
