import {
  authorize,
  type Actor,
  type Ctx,
  type TxCtx,
} from "@/platform/context";
import { toCursorPage } from "@/shared/page";
import { change } from "./change";
import type { AuditQuery } from "./contract";
import { findEntries, insertEntry } from "./queries";

type Fields = Record<string, unknown>;

/** What a service tells of its write. `target.id` and `customerId` are public ids. */
export type Act = {
  action: `${string}.${string}`;
  target: { kind: string; id: string };
  customerId?: string | null;
  before?: Fields | null;
  after?: Fields | null;
};

/** Write the audit row of a mutation, in its transaction. Only changed fields are kept. */
export async function record(tx: TxCtx, act: Act): Promise<void> {
  const { before, after } = change(act.before ?? null, act.after ?? null);
  await insertEntry(tx, {
    actor_kind: tx.actor.kind,
    actor_id: actorId(tx.actor),
    actor_name: tx.actor.name,
    action: act.action,
    target_kind: act.target.kind,
    target_id: act.target.id,
    customer_id: act.customerId ?? null,
    before: json(before),
    after: json(after),
  });
}

/** The whole log, newest first. Needs audit:read. */
export async function listEntries(ctx: Ctx, query: AuditQuery) {
  authorize(ctx, "audit:read");
  return page(ctx, query, {
    ...(query.customer_id && { customerId: query.customer_id }),
    ...(query.action && { action: query.action }),
  });
}

/** The log of one customer, newest first. Needs customers:read. */
export async function listCustomerEntries(
  ctx: Ctx,
  customerId: string,
  query: { cursor?: string | undefined; limit: number },
) {
  authorize(ctx, "customers:read");
  return page(ctx, query, { customerId });
}

async function page(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number },
  filter: { customerId?: string; action?: string },
) {
  const before = query.cursor ? { before: query.cursor } : {};
  const rows = await findEntries(
    ctx,
    { ...filter, ...before },
    query.limit + 1,
  );
  return toCursorPage(rows, query.limit);
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
