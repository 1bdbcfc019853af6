import {
  chooseCustomer,
  findOwnPlaces,
  invite,
  isMemberAddress,
  listInvitations,
  listMembers,
  lockUnaccepted,
  removeMember,
  resendInvitation,
  revokeInvitation,
  setMemberRole,
} from "@/modules/identity";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import type { Permission } from "@/shared/permissions";
import type { CustomerRole } from "@/shared/permissions";
import type { MemberInvitation, OwnCustomer } from "../contract/people";
import { findNames } from "../queries/names";
import { getVisibleCustomer, isAdmitted } from "./read";
import { assertNotErased, holdCustomer } from "./write";

/** A customer's people and open invitations. Needs members:read; throws NOT_FOUND. */
export async function listPeople(ctx: Ctx, customerId: string) {
  await visible(ctx, customerId, "members:read");
  const [items, invitations] = await Promise.all([
    listMembers(ctx, customerId),
    listInvitations(ctx, customerId),
  ]);
  return { items, invitations };
}

/** Invite a person by mail. Needs members:write; throws NOT_FOUND, CONFLICT for one who is there. */
export async function invitePerson(
  ctx: Ctx,
  customerId: string,
  { email, role }: MemberInvitation,
) {
  return change(ctx, customerId, async (tx) => {
    assertNotErased(await holdCustomer(tx, customerId));
    if (await isMemberAddress(tx, customerId, email))
      throw new DomainError(
        "CONFLICT",
        `${email} is one of your people already.`,
      );
    return invite(tx, customerId, { email, role }, { replaces: true });
  });
}

/** Mail an invitation again. Needs members:write; throws NOT_FOUND, CONFLICT for one that is closed. */
export async function resendPersonInvitation(
  ctx: Ctx,
  customerId: string,
  id: string,
) {
  return change(ctx, customerId, async (tx) =>
    resendInvitation(tx, await lockUnaccepted(tx, customerId, id)),
  );
}

/** Take an invitation back. Needs members:write; throws NOT_FOUND, CONFLICT for one that is accepted. */
export async function revokePersonInvitation(
  ctx: Ctx,
  customerId: string,
  id: string,
) {
  return change(ctx, customerId, async (tx) => {
    await revokeInvitation(tx, await lockUnaccepted(tx, customerId, id));
    return { done: true as const };
  });
}

/** Give a person another role. Needs members:write; throws NOT_FOUND, CONFLICT for the last owner. */
export async function setPersonRole(
  ctx: Ctx,
  customerId: string,
  userId: string,
  role: CustomerRole,
) {
  return change(ctx, customerId, async (tx) => {
    await setMemberRole(tx, customerId, userId, role);
    return { done: true as const };
  });
}

/** Remove a person. Needs members:write; throws NOT_FOUND, CONFLICT for the last owner. */
export async function removePerson(
  ctx: Ctx,
  customerId: string,
  userId: string,
) {
  return change(ctx, customerId, async (tx) => {
    await removeMember(tx, customerId, userId);
    return { done: true as const };
  });
}

/** The customers that the signed-in person belongs to, the first that they joined first. */
export async function listOwnCustomers(
  ctx: Ctx,
): Promise<{ items: OwnCustomer[] }> {
  const places = await findOwnPlaces(ctx);
  const names = await findNames(
    ctx,
    places.map(({ id }) => id),
  );
  const current =
    ctx.actor.kind === "customer" ? ctx.actor.customerId : undefined;
  return {
    items: places.map(({ id, role }) => ({
      id,
      name: names.get(id) ?? "",
      role,
      is_current: id === current,
    })),
  };
}

/** Have the session act for another of one's customers. Throws NOT_FOUND. */
export async function chooseOwnCustomer(ctx: Ctx, customerId: string) {
  const places = await findOwnPlaces(ctx);
  const isOwn = places.some(({ id }) => id === customerId);
  if (!isOwn || !(await isAdmitted(ctx, customerId)))
    throw notFound("customer");
  await chooseCustomer(ctx, customerId);
  return { done: true as const };
}

async function change<T>(
  ctx: Ctx,
  customerId: string,
  work: (tx: TxCtx) => Promise<T>,
): Promise<T> {
  await visible(ctx, customerId, "members:write");
  return transaction(ctx, work);
}

async function visible(ctx: Ctx, customerId: string, permission: Permission) {
  authorize(
    ctx,
    permission,
    permission === "members:write" ? "team" : undefined,
  );
  await getVisibleCustomer(ctx, customerId);
}
