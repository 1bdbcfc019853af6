import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import type { ClosingBlocker, OwnClosing } from "../contract";

/** What must end before a customer can be erased. */
export async function findBlockers(
  ctx: Ctx,
  customerId: string,
): Promise<OwnClosing["blockers"]> {
  const id = toUuid(customerId);
  const rows = await ctx.db.$queryRaw<
    { kind: ClosingBlocker; count: bigint }[]
  >`
    SELECT 'live subscriptions' AS kind, count(*) FROM subscriptions
      WHERE customer_id = ${id}::uuid AND status NOT IN ('canceled', 'incomplete_expired')
    UNION ALL SELECT 'unpaid invoices', count(*) FROM invoices
      WHERE customer_id = ${id}::uuid AND status = 'open'
    UNION ALL SELECT 'balance that is not zero', count(*) FROM customers
      WHERE id = ${id}::uuid AND balance_minor <> 0
    UNION ALL SELECT 'payments under way', count(*) FROM payments
      WHERE customer_id = ${id}::uuid AND status IN ('pending', 'requires_action')
    UNION ALL SELECT 'refunds under way', count(*) FROM refunds
      WHERE customer_id = ${id}::uuid AND status = 'pending'
    UNION ALL SELECT 'open disputes', count(*) FROM disputes
      WHERE customer_id = ${id}::uuid AND status = 'open'
    UNION ALL SELECT 'tenants', count(*) FROM tenants
      WHERE customer_id = ${id}::uuid AND status <> 'deleted'`;
  return rows
    .map(({ kind, count }) => ({ kind, count: Number(count) }))
    .filter(({ count }) => count > 0);
}
