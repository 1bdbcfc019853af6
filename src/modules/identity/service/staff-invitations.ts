import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import type { StaffInvitation, StaffInvitationInput } from "../contract/staff";
import {
  findMemberByEmail,
  findStaffInvitation,
  insertStaffInvitation,
  lockInvitation,
  revokeExpired,
  updateInvitation,
} from "../queries/staff";
import { invitationEnd, mailInvitation } from "./invitation-mail";
import { refuseRole } from "./staff";

/**
 * Invite a person to the team; the mail with the link follows from the event. Needs staff:write;
 * throws CONFLICT for who is staff or invited already, FORBIDDEN for a role beyond the actor's own.
 */
export async function inviteStaff(
  ctx: Ctx,
  { email, full_name, role }: StaffInvitationInput,
): Promise<StaffInvitation> {
  authorize(ctx, "staff:write");
  refuseRole(ctx, role);
  return transaction(ctx, async (tx) => {
    await refuseMember(tx, email);
    await revokeExpired(tx, email);
    const made = await insertStaffInvitation(tx, {
      email,
      fullName: full_name ?? null,
      role,
      invitedBy: tx.actor.kind === "staff" ? tx.actor.userId : null,
      expiresAt: invitationEnd(tx),
    });
    if (!made)
      throw new DomainError(
        "CONFLICT",
        `${email} has been invited already. Resend that invitation, or revoke it first.`,
      );
    await told(tx, "invitation.created", null, made);
    await mailInvitation(tx, made.id);
    return made;
  });
}

/** Revoke an invitation; one that is revoked stays so. Needs staff:write; throws NOT_FOUND, CONFLICT. */
export async function revokeStaffInvitation(
  ctx: Ctx,
  id: string,
): Promise<StaffInvitation> {
  return change(ctx, id, async (tx, before) => {
    if (before.status === "revoked") return before;
    await updateInvitation(tx, id, { revoked_at: tx.now() });
    const after: StaffInvitation = { ...before, status: "revoked" };
    await told(tx, "invitation.revoked", before, after);
    return after;
  });
}

/**
 * Mail an invitation again: the new link takes the place of the old one and works for a week. Needs
 * staff:write; throws NOT_FOUND, and CONFLICT when it is revoked or accepted.
 */
export async function resendStaffInvitation(
  ctx: Ctx,
  id: string,
): Promise<StaffInvitation> {
  return change(ctx, id, async (tx, before) => {
    if (before.status === "revoked")
      throw new DomainError(
        "CONFLICT",
        "This invitation was revoked. Invite the person again.",
      );
    await refuseMember(tx, before.email);
    const expiresAt = invitationEnd(tx);
    await updateInvitation(tx, id, { expires_at: expiresAt });
    const after: StaffInvitation = {
      ...before,
      status: "pending",
      expires_at: expiresAt.toISOString(),
    };
    await told(tx, "invitation.resent", before, after);
    await mailInvitation(tx, id);
    return after;
  });
}

async function change(
  ctx: Ctx,
  id: string,
  work: (tx: TxCtx, before: StaffInvitation) => Promise<StaffInvitation>,
): Promise<StaffInvitation> {
  authorize(ctx, "staff:write");
  return transaction(ctx, async (tx) => {
    await lockInvitation(tx, id);
    const before = await findStaffInvitation(tx, id);
    if (!before) throw notFound("invitation");
    refuseRole(tx, before.role);
    if (before.status === "accepted")
      throw new DomainError(
        "CONFLICT",
        `${before.email} has accepted this invitation. Change the person's role, or deactivate them.`,
      );
    return work(tx, before);
  });
}

async function refuseMember(tx: TxCtx, email: string): Promise<void> {
  const member = await findMemberByEmail(tx, email);
  if (!member) return;
  throw new DomainError(
    "CONFLICT",
    member.is_disabled
      ? `${email} belongs to ${member.full_name}, who was deactivated. Reactivate them instead.`
      : `${email} is a member of staff already. Change their role instead.`,
    { user_id: member.id },
  );
}

async function told(
  tx: TxCtx,
  action: `invitation.${string}`,
  before: StaffInvitation | null,
  after: StaffInvitation,
): Promise<void> {
  const target = { kind: "invitation", id: after.id };
  await record(tx, { action, target, before, after });
}
