import type { Actor, Ctx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { etagOf, type Versioned } from "@/shared/version";
import type { AuditEntry } from "./contract";
import { findEntryOfWrite } from "./queries/entries";

/**
 * Throws PRECONDITION_FAILED, saying who changed the thing and when, unless its row is one of
 * those that the caller's If-Match names. Call it in the write's transaction, with the row locked:
 * of two changes that start from the same state one passes.
 */
export async function assertUnchanged(
  ctx: Ctx,
  kind: string,
  row: Versioned,
): Promise<void> {
  if (!ctx.ifMatch || ctx.ifMatch.has(etagOf(row))) return;
  const entry = await findEntryOfWrite(ctx, row.id, new Date(row.updated_at));
  const by = entry && nameFor(ctx.actor, entry.actor);
  throw new DomainError(
    "PRECONDITION_FAILED",
    `${by?.name ?? "Somebody"} changed this ${kind} at ${row.updated_at}. Read it again, and send your change with its new ETag.`,
    {
      changed_by: by,
      changed_at: row.updated_at,
      action: entry?.action ?? null,
    },
    { headers: { etag: etagOf(row) } },
  );
}

// A customer's people learn that it was not one of them, and not which of the seller's staff.
function nameFor(
  reader: Actor,
  { kind, name }: AuditEntry["actor"],
): { kind: string; name: string } {
  const isHidden = reader.kind === "customer" && kind !== "customer";
  return { kind, name: isHidden ? "Our team" : name };
}
