import { record } from "@/modules/audit";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid, notFound } from "@/shared/errors";
import type { CustomerRole } from "@/shared/permissions";
import type { Acceptance, Invitation } from "../contract/members";
import { hashPassword } from "../password-hash";
import {
  acceptInvitationRow,
  findInvitation,
  findInvitationByHash,
  findInvitations,
  prolongInvitation,
  revokeInvitationRow,
  upsertInvitation,
  type OpenInvitation,
} from "../queries/invitations";
import {
  findAccount,
  insertPerson,
  setVerified,
  upsertMembership,
} from "../queries/people";
import { updateMember } from "../queries/staff";
import { linkIsGone } from "./accounts";
import { invitationEnd, mailInvitation } from "./invitation-mail";
import { hashInvitation } from "./links";
import { refuseWeak } from "./strength";

/**
 * Invite an address to a customer, in the caller's transaction; the caller has authorised. A job
 * mails the link. Inviting again gives the open invitation a new role and time.
 */
export async function invite(
  tx: TxCtx,
  place: { email: string; customerId: string; role: CustomerRole },
): Promise<Invitation> {
  const invitation = await upsertInvitation(tx, {
    ...place,
    expiresAt: invitationEnd(tx),
    invitedBy: "userId" in tx.actor ? tx.actor.userId : null,
  });
  await record(tx, {
    action: "invitation.created",
    target: { kind: "invitation", id: invitation.id },
    customerId: invitation.customer_id,
    after: { email: invitation.email, role: roleOf(invitation) },
  });
  await mailInvitation(tx, invitation.id);
  return toInvitation(tx, invitation);
}

/** The open invitations to a customer. The caller has authorised. */
export async function listInvitations(
  ctx: Ctx,
  customerId: string,
): Promise<Invitation[]> {
  const rows = await findInvitations(ctx, customerId);
  return rows.map((row) => toInvitation(ctx, row));
}

/** Mail an invitation's link again, with new time. The caller has authorised. Throws NOT_FOUND. */
export async function resendInvitation(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<Invitation> {
  await openInvitation(tx, customerId, id);
  await prolongInvitation(tx, id, invitationEnd(tx));
  await record(tx, {
    action: "invitation.resent",
    target: { kind: "invitation", id },
    customerId,
  });
  await mailInvitation(tx, id);
  return toInvitation(tx, await openInvitation(tx, customerId, id));
}

/** Take an invitation back. The caller has authorised. Throws NOT_FOUND. */
export async function revokeInvitation(
  tx: TxCtx,
  customerId: string,
  id: string,
) {
  const { email } = await openInvitation(tx, customerId, id);
  if (!(await revokeInvitationRow(tx, id))) throw notFound("invitation");
  await record(tx, {
    action: "invitation.revoked",
    target: { kind: "invitation", id },
    customerId,
    before: { email },
  });
  return { done: true as const };
}

/** The invitation behind a mailed link, for the page that accepts it; null when it is gone. */
export async function findInvitationOf(ctx: Ctx, token: string) {
  const hash = hashInvitation(token);
  const found = hash && (await findInvitationByHash(ctx, hash));
  if (!found) return null;
  const account = await findAccount(ctx, found.email);
  return {
    ...toInvitation(ctx, found),
    customerId: found.customer_id,
    hasAccount: account !== null,
  };
}

/**
 * Accept an invitation by its mailed link, which shows whose the address is: a person with an
 * account keeps it and gets the place, a new one names a password. Throws GONE.
 */
export async function acceptInvitation(ctx: Ctx, input: Acceptance) {
  const link = hashInvitation(input.token);
  const found = link && (await findInvitationByHash(ctx, link));
  if (!found) throw linkIsGone();
  const { password } = input;
  const known = await findAccount(ctx, found.email);
  if (known?.is_disabled) throw linkIsGone();
  if (!known && !password)
    throw invalid([{ field: "body.password", message: "is required" }]);
  if (!known && password) await refuseWeak(ctx, password, found.email);
  const hash = !known && password ? await hashPassword(password) : null;
  return transaction(ctx, async (tx) => {
    if (!(await acceptInvitationRow(tx, found.id))) throw linkIsGone();
    const userId =
      known?.id ??
      (await insertPerson(tx, {
        email: found.email,
        full_name: input.full_name ?? found.full_name ?? found.email,
        password_hash: hash ?? "",
        isVerified: true,
      }));
    await setVerified(tx, userId);
    await give(tx, userId, found);
    return { done: true as const, email: found.email };
  });
}

async function give(tx: TxCtx, userId: string, invitation: OpenInvitation) {
  const { customer_id: customerId, customer_role, staff_role } = invitation;
  if (staff_role) await updateMember(tx, userId, { staff_role });
  if (customerId && customer_role)
    await upsertMembership(tx, userId, customerId, customer_role);
  await record(tx, {
    action: customerId ? "member.joined" : "staff.joined",
    target: { kind: "user", id: userId },
    customerId,
    after: { email: invitation.email, role: roleOf(invitation) },
  });
  await emit(
    tx,
    customerId
      ? {
          name: "member.joined",
          payload: { user_id: userId, customer_id: customerId },
        }
      : { name: "staff.joined", payload: { user_id: userId } },
  );
}

async function openInvitation(tx: TxCtx, customerId: string, id: string) {
  const found = await findInvitation(tx, id);
  if (!found || found.customer_id !== customerId) throw notFound("invitation");
  return found;
}

function roleOf({ staff_role, customer_role }: OpenInvitation) {
  return staff_role ?? customer_role ?? "member";
}

function toInvitation(ctx: Ctx, row: OpenInvitation): Invitation {
  const { id, email, full_name, expires_at, created_at } = row;
  return {
    id,
    email,
    full_name,
    role: roleOf(row),
    is_expired: expires_at <= ctx.now().toISOString(),
    expires_at,
    created_at,
  };
}
