import type { Actor, TxCtx } from "@/platform/context";
import { derivedKey } from "@/platform/secret";
import { newIdAt, toUuid } from "@/shared/ids";
import { change } from "../change";
import { entryMac } from "../entry-mac";
import { insertEntry } from "../queries/entries";
import type { TargetKind } from "../target";

type Fields = Record<string, unknown>;

/** What a service tells of its write. `target.id` and `customerId` are public ids. */
export type Act = {
  action: `${string}.${string}`;
  target: { kind: TargetKind; id: string };
  customerId?: string | null;
  before?: Fields | null;
  after?: Fields | null;
};

/**
 * Write the audit row of a mutation, in its transaction, signed. Only changed fields are kept. What
 * staff do while they look at the portal as a customer is theirs, on the customer's behalf.
 */
export async function record(tx: TxCtx, act: Act): Promise<void> {
  const { before, after } = change(act.before ?? null, act.after ?? null);
  const now = tx.now();
  const entry = {
    id: toUuid(newIdAt("aud", now)),
    ...actorFields(tx.actor),
    action: act.action,
    target_kind: act.target.kind,
    target_id: toUuid(act.target.id),
    customer_id: act.customerId ? toUuid(act.customerId) : null,
    before: json(before),
    after: json(after),
    ip: tx.ip,
    request_id: tx.requestId,
    created_at: now,
  };
  const mac = entryMac(derivedKey("audit"), entry);
  await insertEntry(tx, { ...entry, mac: new Uint8Array(mac) });
}

function actorFields(actor: Actor) {
  if (actor.kind === "customer" && actor.viewer)
    return {
      actor_kind: "staff",
      actor_id: toUuid(actor.viewer.userId),
      actor_name: actor.viewer.name,
      on_behalf_of_id: toUuid(actor.customerId),
      on_behalf_of: actor.name,
    };
  const id = actorId(actor);
  return {
    actor_kind: actor.kind,
    actor_id: id && toUuid(id),
    actor_name: actor.name,
    on_behalf_of_id: null,
    on_behalf_of: null,
  };
}

function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "staff":
    case "customer":
      return actor.userId;
    case "service":
      return actor.tokenId;
    case "system":
    case "public":
      return null;
    default:
      return actor satisfies never;
  }
}

// Dates become ISO text and bigints decimal text, as they would in an answer.
function json(fields: Fields | null) {
  if (!fields) return null;
  const text = JSON.stringify(fields, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return JSON.parse(text) as Record<string, never>; // Safe: it was an object.
}
