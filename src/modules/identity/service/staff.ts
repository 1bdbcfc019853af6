import { record } from "@/modules/audit";
import { authorize, may, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { staffRoles, type StaffRole } from "@/shared/permissions";
import type { StaffMember, StaffPatch } from "../contract/staff";
import {
  findMember,
  findOpenInvitations,
  findStaff,
  lockActiveOwners,
  updateMember,
} from "../queries/staff";
import { revokeSessions } from "../queries/sessions";
import { mayHandleRole } from "../staff-rank";

/** The team, and its invitations that are open. Needs staff:read. */
export async function listStaff(ctx: Ctx) {
  authorize(ctx, "staff:read");
  const [items, invitations] = await Promise.all([
    findStaff(ctx),
    findOpenInvitations(ctx),
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

/** Throws FORBIDDEN unless the actor may give the role, or change who has it. */
export function refuseRole(ctx: Ctx, role: StaffRole): void {
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
