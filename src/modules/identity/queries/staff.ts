import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { StaffRole } from "@/shared/permissions";
import type { StaffInvitation, StaffMember } from "../contract/staff";

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

/** Staff invitations that are neither accepted nor revoked, newest first. */
export async function findOpenInvitations(
  ctx: Ctx,
): Promise<StaffInvitation[]> {
  const rows = await ctx.db.invitation.findMany({
    where: {
      staff_role: { not: null },
      accepted_at: null,
      revoked_at: null,
    },
    orderBy: { id: "desc" },
    take: most,
  });
  return withInviters(ctx, rows);
}

export async function findStaffInvitation(
  ctx: Ctx,
  id: string,
): Promise<StaffInvitation | null> {
  const rows = await ctx.db.invitation.findMany({
    where: { id: toUuid(id), staff_role: { not: null } },
  });
  const [found] = await withInviters(ctx, rows);
  return found ?? null;
}

/** Wait until nobody else changes the invitation, as its accepting does. */
export async function lockInvitation(tx: TxCtx, id: string): Promise<void> {
  await tx.db
    .$queryRaw`SELECT id FROM invitations WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
}

/** Revoke the invitations of an address that ran out, so that a new one has its place. */
export async function revokeExpired(tx: TxCtx, email: string): Promise<void> {
  await tx.db.invitation.updateMany({
    where: {
      email,
      customer_id: null,
      accepted_at: null,
      revoked_at: null,
      expires_at: { lte: tx.now() },
    },
    data: { revoked_at: tx.now() },
  });
}

/** Null when the address has an open invitation already. */
export async function insertStaffInvitation(
  tx: TxCtx,
  invitation: {
    email: string;
    fullName: string | null;
    role: StaffRole;
    invitedBy: string | null;
    expiresAt: Date;
  },
): Promise<StaffInvitation | null> {
  const id = newId("inv");
  const { count } = await tx.db.invitation.createMany({
    data: [
      {
        id: toUuid(id),
        email: invitation.email,
        full_name: invitation.fullName,
        staff_role: invitation.role,
        invited_by: invitation.invitedBy && toUuid(invitation.invitedBy),
        expires_at: invitation.expiresAt,
        created_at: tx.now(),
      },
    ],
    skipDuplicates: true,
  });
  return count === 1 ? findStaffInvitation(tx, id) : null;
}

export async function updateInvitation(
  tx: TxCtx,
  id: string,
  data: { expires_at?: Date; revoked_at?: Date },
): Promise<void> {
  await tx.db.invitation.update({ where: { id: toUuid(id) }, data });
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

type InvitationRow = Prisma.InvitationGetPayload<object>;

async function withInviters(
  ctx: Ctx,
  rows: InvitationRow[],
): Promise<StaffInvitation[]> {
  const ids = rows.flatMap(({ invited_by }) => invited_by ?? []);
  const people = await ctx.db.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, full_name: true },
  });
  const names = new Map(people.map(({ id, full_name }) => [id, full_name]));
  return rows.map((row) => ({
    id: fromUuid("inv", row.id),
    email: row.email,
    full_name: row.full_name,
    role: row.staff_role as StaffRole, // Safe: a CHECK constraint; every query asks for a role.
    status: statusOf(row, ctx.now()),
    invited_by: names.get(row.invited_by ?? "") ?? null,
    expires_at: row.expires_at.toISOString(),
    created_at: row.created_at.toISOString(),
  }));
}

function statusOf(row: InvitationRow, now: Date): StaffInvitation["status"] {
  if (row.accepted_at) return "accepted";
  if (row.revoked_at) return "revoked";
  return row.expires_at > now ? "pending" : "expired";
}
