import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { CustomerRole } from "@/shared/permissions";

export type MemberRow = {
  id: string;
  email: string;
  full_name: string;
  role: CustomerRole;
  two_factor: boolean;
  last_sign_in_at: string | null;
  joined_at: string;
};

/** The people of a customer, the first who joined first. */
export async function findMembers(
  ctx: Ctx,
  customerId: string,
): Promise<MemberRow[]> {
  const rows = await ctx.db.membership.findMany({
    where: { customer_id: toUuid(customerId) },
    include: { user: true },
    orderBy: [{ created_at: "asc" }, { user_id: "asc" }],
    take: 500,
  });
  return rows.map(({ user, role, created_at }) => ({
    id: fromUuid("usr", user.id),
    email: user.email,
    full_name: user.full_name,
    role: role as CustomerRole, // Safe: a CHECK constraint.
    two_factor: user.two_factor_at !== null,
    last_sign_in_at: user.last_sign_in_at?.toISOString() ?? null,
    joined_at: created_at.toISOString(),
  }));
}

/**
 * The roles of a customer's people by their public ids, locked until the transaction ends: two
 * changes at once cannot leave a customer without an owner.
 */
export async function lockMembers(
  tx: TxCtx,
  customerId: string,
): Promise<Map<string, CustomerRole>> {
  const rows = await tx.db.$queryRaw<{ user_id: string; role: CustomerRole }[]>`
    SELECT user_id, role FROM memberships WHERE customer_id = ${toUuid(customerId)}::uuid
    ORDER BY user_id FOR UPDATE`;
  return new Map(
    rows.map(({ user_id, role }) => [fromUuid("usr", user_id), role]),
  );
}

export async function updateMember(
  tx: TxCtx,
  customerId: string,
  userId: string,
  role: CustomerRole,
): Promise<void> {
  await tx.db.membership.update({
    where: { user_id_customer_id: key(customerId, userId) },
    data: { role },
  });
}

/** Remove a person from a customer. Sessions that act for it find no place any more. */
export async function deleteMember(
  tx: TxCtx,
  customerId: string,
  userId: string,
): Promise<void> {
  await tx.db.membership.delete({
    where: { user_id_customer_id: key(customerId, userId) },
  });
}

function key(customerId: string, userId: string) {
  return { user_id: toUuid(userId), customer_id: toUuid(customerId) };
}
