import { authorize, type Ctx } from "@/platform/context";
import { toCursorPage } from "@/shared/page";
import type { AuditQuery } from "../contract";
import { findEntries } from "../queries/entries";

/** The whole log, or what its filters leave of it, newest first. Needs audit:read. */
export async function listEntries(ctx: Ctx, query: AuditQuery) {
  authorize(ctx, "audit:read");
  const rows = await findEntries(ctx, query, query.limit + 1);
  return toCursorPage(rows, query.limit);
}

/** The log of one customer, newest first. Needs customers:read. */
export async function listCustomerEntries(
  ctx: Ctx,
  customerId: string,
  query: { cursor?: string | undefined; limit: number },
) {
  authorize(ctx, "customers:read");
  const filter = { cursor: query.cursor, customer_id: customerId };
  const rows = await findEntries(ctx, filter, query.limit + 1);
  return toCursorPage(rows, query.limit);
}

/** What was done to one thing, newest first, for its page. Needs customers:read, as staff have. */
export async function listTargetEntries(
  ctx: Ctx,
  targetId: string,
  limit: number,
) {
  authorize(ctx, "customers:read");
  const rows = await findEntries(ctx, { target_id: targetId }, limit + 1);
  return toCursorPage(rows, limit);
}
