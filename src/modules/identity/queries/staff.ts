import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { StaffRole } from "@/shared/permissions";
import type { StaffMember } from "../contract/staff";

// A team is small; this only keeps an answer from growing without end.
const most = 1_000;

/** The team: who may sign in first, and each part by name. */
export async function findStaff(ctx: Ctx): Promise<StaffMember[]> {
  const rows = await ctx.db.user.findMany({
    where: { staff_role: { not: null } },
    orderBy: [
      { disabled_at: { sort: "asc", nulls: "first" } },
      { full_name: "asc" },
      { id: "asc" },
    ],
    take: most,
  });
  return rows.map(toMember);
}

export async function findMember(
  ctx: Ctx,
  id: string,
): Promise<StaffMember | null> {
  const row = await ctx.db.user.findFirst({
    where: { id: toUuid(id), staff_role: { not: null } },
  });
  return row && toMember(row);
}

/** The member of staff with an address, whether or not they may sign in. */
export async function findMemberByEmail(
  ctx: Ctx,
  email: string,
): Promise<StaffMember | null> {
  const row = await ctx.db.user.findFirst({
    where: { email, staff_role: { not: null } },
  });
  return row && toMember(row);
}

/**
 * Lock the owners who may sign in, and say how many there are. Changes of owners wait for each
 * other here, so that two at once cannot both leave the other as the last.
 */
export async function lockActiveOwners(tx: TxCtx): Promise<number> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    SELECT id FROM users WHERE staff_role = 'owner' AND disabled_at IS NULL
    ORDER BY id FOR UPDATE`;
  return rows.length;
}

export async function updateMember(
  tx: TxCtx,
  id: string,
  data: { staff_role?: StaffRole; disabled_at?: Date | null },
): Promise<StaffMember> {
  const row = await tx.db.user.update({ where: { id: toUuid(id) }, data });
  return toMember(row);
}

function toMember(row: Prisma.UserGetPayload<object>): StaffMember {
  return {
    id: fromUuid("usr", row.id),
    email: row.email,
    full_name: row.full_name,
    role: row.staff_role as StaffRole, // Safe: a CHECK constraint; every query asks for a role.
    is_disabled: row.disabled_at !== null,
    has_two_factor: row.two_factor_at !== null,
    last_sign_in_at: row.last_sign_in_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
