import { record } from "@/modules/audit";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import type { CustomerRole } from "@/shared/permissions";
import {
  deleteMember,
  lockMembers,
  updateMember,
} from "../queries/memberships";

/**
 * Give one of a customer's people another role. The caller has authorised. Throws NOT_FOUND, and
 * CONFLICT when the customer would be left without an owner.
 */
export async function setMemberRole(
  tx: TxCtx,
  customerId: string,
  userId: string,
  role: CustomerRole,
): Promise<void> {
  const before = await lockMember(tx, customerId, userId, role !== "owner");
  await updateMember(tx, customerId, userId, role);
  await record(tx, {
    action: "member.role_changed",
    target: { kind: "user", id: userId },
    customerId,
    before: { role: before },
    after: { role },
  });
}

/** Remove one of a customer's people: their next request for it is refused. As `setMemberRole`. */
export async function removeMember(
  tx: TxCtx,
  customerId: string,
  userId: string,
): Promise<void> {
  const role = await lockMember(tx, customerId, userId, true);
  await deleteMember(tx, customerId, userId);
  await record(tx, {
    action: "member.removed",
    target: { kind: "user", id: userId },
    customerId,
    before: { role },
  });
  await emit(tx, {
    name: "member.removed",
    payload: { user_id: userId, customer_id: customerId },
  });
}

async function lockMember(
  tx: TxCtx,
  customerId: string,
  userId: string,
  losesOwner: boolean,
): Promise<CustomerRole> {
  const roles = await lockMembers(tx, customerId);
  const role = roles.get(userId);
  if (!role) throw notFound("member");
  const owners = [...roles.values()].filter((each) => each === "owner").length;
  if (losesOwner && role === "owner" && owners === 1)
    throw new DomainError(
      "CONFLICT",
      "This is the last owner. Make somebody else an owner first.",
    );
  return role;
}
