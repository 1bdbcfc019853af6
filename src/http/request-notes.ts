import type { Actor } from "@/platform/context";
import { singleton } from "@/platform/singleton";

/** What becomes known of a request while it is answered, for its line in the log and its counts. */
export type RequestNotes = {
  actor?: { kind: Actor["kind"]; id?: string };
  /** of the error that it was answered with */
  code?: string;
};

const notes = () =>
  singleton("request-notes", () => new Map<string, RequestNotes>());

/** The front listener begins a request; what is noted of another one is dropped. */
export function beginNotes(requestId: string): RequestNotes {
  const made: RequestNotes = {};
  notes().set(requestId, made);
  return made;
}

export function endNotes(requestId: string): void {
  notes().delete(requestId);
}

/** Note who asks: by kind and id, never by name. */
export function noteActor(requestId: string, actor: Actor): void {
  const known = notes().get(requestId);
  if (known) known.actor = identified(actor);
}

/** Note the code of the error that answers a request. */
export function noteError(requestId: string, code: string): void {
  const known = notes().get(requestId);
  if (known) known.code = code;
}

function identified(actor: Actor): NonNullable<RequestNotes["actor"]> {
  switch (actor.kind) {
    case "staff":
    case "customer":
      return { kind: actor.kind, id: actor.userId };
    case "service":
      return { kind: actor.kind, id: actor.tokenId };
    case "system":
    case "public":
      return { kind: actor.kind };
    default:
      return actor satisfies never;
  }
}
