import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CustomerRole, StaffRole } from "@/shared/permissions";

/** An invitation that was neither accepted nor revoked; it may have expired. */
export type OpenInvitation = {
  id: string;
  email: string;
  full_name: string | null;
  staff_role: StaffRole | null;
  customer_id: string | null;
  customer_role: CustomerRole | null;
  expires_at: string;
  created_at: string;
};

const open = { accepted_at: null, revoked_at: null };

/**
 * Invite an address to a customer. An open invitation of the address takes the new role and time
 * instead of a second one.
 */
export async function upsertInvitation(
  tx: TxCtx,
  invitation: {
    email: string;
    customerId: string;
    role: CustomerRole;
    expiresAt: Date;
    invitedBy: string | null;
  },
): Promise<OpenInvitation> {
  const { email, invitedBy } = invitation;
  const customer_id = toUuid(invitation.customerId);
  const given = {
    customer_role: invitation.role,
    invited_by: invitedBy && toUuid(invitedBy),
    expires_at: invitation.expiresAt,
  };
  const { count } = await tx.db.invitation.updateMany({
    where: { email, customer_id, ...open },
    data: given,
  });
  if (count === 0)
    await tx.db.invitation.create({
      data: {
        id: toUuid(newId("inv")),
        email,
        customer_id,
        ...given,
        created_at: tx.now(),
      },
    });
  const row = await tx.db.invitation.findFirstOrThrow({
    where: { email, customer_id, ...open },
  });
  return toInvitation(row);
}

/** The open invitations to a customer, the newest first. */
export async function findInvitations(
  ctx: Ctx,
  customerId: string,
): Promise<OpenInvitation[]> {
  const rows = await ctx.db.invitation.findMany({
    where: { customer_id: toUuid(customerId), ...open },
    orderBy: { id: "desc" },
    take: 200,
  });
  return rows.map(toInvitation);
}

/** An open invitation by its public id. */
export async function findInvitation(
  ctx: Ctx,
  id: string,
): Promise<OpenInvitation | null> {
  const row = await ctx.db.invitation.findFirst({
    where: { id: toUuid(id), ...open },
  });
  return row && toInvitation(row);
}

/** Have an open invitation last until `expiresAt`. */
export async function prolongInvitation(
  tx: TxCtx,
  id: string,
  expiresAt: Date,
): Promise<void> {
  await tx.db.invitation.update({
    where: { id: toUuid(id) },
    data: { expires_at: expiresAt },
  });
}

/** Revoke an open invitation; false when it was not open. */
export async function revokeInvitationRow(
  tx: TxCtx,
  id: string,
): Promise<boolean> {
  const { count } = await tx.db.invitation.updateMany({
    where: { id: toUuid(id), ...open },
    data: { revoked_at: tx.now() },
  });
  return count === 1;
}

/** The invitation of a mailed link that can still be accepted. */
export async function findInvitationByHash(
  ctx: Ctx,
  hash: Buffer,
): Promise<OpenInvitation | null> {
  const row = await ctx.db.invitation.findFirst({
    where: {
      hash: new Uint8Array(hash),
      expires_at: { gt: ctx.now() },
      ...open,
    },
  });
  return row && toInvitation(row);
}

/** Use an invitation up; of several callers at once, one succeeds. */
export async function acceptInvitationRow(
  tx: TxCtx,
  id: string,
): Promise<boolean> {
  const { count } = await tx.db.invitation.updateMany({
    where: { id: toUuid(id), expires_at: { gt: tx.now() }, ...open },
    data: { accepted_at: tx.now() },
  });
  return count === 1;
}

function toInvitation(row: Prisma.InvitationGetPayload<object>) {
  return {
    id: fromUuid("inv", row.id),
    email: row.email,
    full_name: row.full_name,
    staff_role: row.staff_role as StaffRole | null, // Safe: CHECK constraints.
    customer_id: row.customer_id && fromUuid("cus", row.customer_id),
    customer_role: row.customer_role as CustomerRole | null,
    expires_at: row.expires_at.toISOString(),
    created_at: row.created_at.toISOString(),
  };
}
