import { record } from "@/modules/audit";
import { authorize, may, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { staffRoles, type StaffRole } from "@/shared/permissions";
import type {
  StaffInvitation,
  StaffInvitationInput,
  StaffMember,
  StaffPatch,
} from "../contract/staff";
import type { InvitationAt } from "../queries/invitations";
import {
  findMember,
  findMemberByEmail,
  findStaff,
  lockActiveOwners,
  updateMember,
} from "../queries/staff";
import { revokeSessions } from "../queries/sessions";
import { mayHandleRole } from "../staff-rank";
import {
  invite,
  listInvitations,
  lockUnaccepted,
  resendInvitation,
  revokeInvitation,
} from "./invitations";

/** The team, and its invitations that are open. Needs staff:read. */
export async function listStaff(ctx: Ctx) {
  authorize(ctx, "staff:read");
  const [items, invitations] = await Promise.all([
    findStaff(ctx),
    listInvitations(ctx, null),
  ]);
  return { items, invitations };
}

/** The roles that the actor may give, and whose people they may change; none without staff:write. */
export function givableRoles({ actor }: Ctx): StaffRole[] {
  if (!may(actor, "staff:write")) return [];
  return staffRoles.filter((role) => mayHandleRole(actor, role));
}

/**
 * Change a person's role, deactivate or reactivate them; their next request is judged by it. Needs
 * staff:write; throws NOT_FOUND, FORBIDDEN about owners, CONFLICT for the last owner and oneself.
 */
export async function changeStaff(
  ctx: Ctx,
  id: string,
  patch: StaffPatch,
): Promise<StaffMember> {
  authorize(ctx, "staff:write");
  return transaction(ctx, async (tx) => {
    const owners = await lockActiveOwners(tx);
    let member = await findMember(tx, id);
    if (!member) throw notFound("member of staff");
    refuseRole(tx, member.role);
    if (patch.role && patch.role !== member.role) {
      refuseRole(tx, patch.role);
      member = await changeRole(tx, member, patch.role, owners);
    }
    if (patch.is_disabled === undefined) return member;
    if (patch.is_disabled === member.is_disabled) return member;
    return patch.is_disabled
      ? deactivate(tx, member, owners)
      : reactivate(tx, member);
  });
}

/** Deactivate a person: their sessions end with the same commit. As changeStaff otherwise. */
export async function deactivateStaff(
  ctx: Ctx,
  id: string,
): Promise<StaffMember> {
  return changeStaff(ctx, id, { is_disabled: true });
}

/**
 * Invite a person to the team; the mail with the link follows from the event. Needs staff:write;
 * throws CONFLICT for who is staff or invited already, FORBIDDEN for a role beyond the actor's own.
 */
export async function inviteStaff(
  ctx: Ctx,
  input: StaffInvitationInput,
): Promise<StaffInvitation> {
  authorize(ctx, "staff:write");
  refuseRole(ctx, input.role);
  return transaction(ctx, async (tx) => {
    await refuseMember(tx, input.email);
    return invite(tx, null, input);
  });
}

/** Revoke an invitation; one that is revoked stays so. Needs staff:write; throws NOT_FOUND, CONFLICT. */
export async function revokeStaffInvitation(
  ctx: Ctx,
  id: string,
): Promise<StaffInvitation> {
  return changeInvitation(ctx, id, revokeInvitation);
}

/**
 * Mail an invitation again: the new link takes the place of the old one and works for a week. Needs
 * staff:write; throws NOT_FOUND, and CONFLICT when it is revoked or accepted.
 */
export async function resendStaffInvitation(
  ctx: Ctx,
  id: string,
): Promise<StaffInvitation> {
  return changeInvitation(ctx, id, async (tx, locked) => {
    await refuseMember(tx, locked.email);
    return resendInvitation(tx, locked);
  });
}

async function changeInvitation(
  ctx: Ctx,
  id: string,
  work: (tx: TxCtx, locked: InvitationAt<null>) => Promise<StaffInvitation>,
): Promise<StaffInvitation> {
  authorize(ctx, "staff:write");
  return transaction(ctx, async (tx) => {
    const locked = await lockUnaccepted(tx, null, id);
    refuseRole(tx, locked.role);
    return work(tx, locked);
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

// Throws FORBIDDEN unless the actor may give the role, or change who has it.
function refuseRole(ctx: Ctx, role: StaffRole): void {
  if (mayHandleRole(ctx.actor, role)) return;
  throw new DomainError(
    "FORBIDDEN",
    role === "owner"
      ? "Only an owner may make or change owners. Ask one of them."
      : `Your role may not give the role ${role}, which may do more than yours. Ask an owner.`,
    { role },
  );
}

async function changeRole(
  tx: TxCtx,
  member: StaffMember,
  role: StaffRole,
  owners: number,
): Promise<StaffMember> {
  refuseLastOwner(member, owners);
  const after = await updateMember(tx, member.id, { staff_role: role });
  await told(tx, "staff.role_changed", member, after);
  return after;
}

async function deactivate(
  tx: TxCtx,
  member: StaffMember,
  owners: number,
): Promise<StaffMember> {
  if (tx.actor.kind === "staff" && tx.actor.userId === member.id)
    throw new DomainError(
      "CONFLICT",
      "You cannot deactivate yourself. Ask another owner or admin to do it.",
    );
  refuseLastOwner(member, owners);
  const after = await updateMember(tx, member.id, { disabled_at: tx.now() });
  await revokeSessions(tx, member.id);
  await told(tx, "staff.deactivated", member, after);
  return after;
}

async function reactivate(
  tx: TxCtx,
  member: StaffMember,
): Promise<StaffMember> {
  const after = await updateMember(tx, member.id, { disabled_at: null });
  await told(tx, "staff.reactivated", member, after);
  return after;
}

function refuseLastOwner(member: StaffMember, owners: number): void {
  if (member.role !== "owner" || member.is_disabled || owners > 1) return;
  throw new DomainError(
    "CONFLICT",
    `${member.full_name} is the last owner. Make another person an owner first.`,
  );
}

async function told(
  tx: TxCtx,
  action: `staff.${string}`,
  before: StaffMember,
  after: StaffMember,
): Promise<void> {
  const { id } = after;
  await record(tx, { action, target: { kind: "user", id }, before, after });
  await emit(tx, { name: action, payload: { user_id: id } });
}
