import { record } from "@/modules/audit";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError } from "@/shared/errors";
import type { CustomerRole } from "@/shared/permissions";
import { addSeconds } from "@/shared/time";
import { findMembers } from "../queries/memberships";
import { findAccount, upsertMembership } from "../queries/people";
import { setSessionCustomer, setViewing } from "../queries/sessions";
import { ownAccount, refuseViewer } from "./person";

const viewingSeconds = 60 * 60;

/** A customer's people. The caller has authorised. */
export const listMembers = findMembers;

/** Whether the person with this address is one of a customer's people. */
export async function isMemberAddress(
  ctx: Ctx,
  customerId: string,
  email: string,
): Promise<boolean> {
  const account = await findAccount(ctx, email);
  return account?.customers.some(({ id }) => id === customerId) ?? false;
}

/** Give a person a place in a customer, in the caller's transaction; the caller has authorised. */
export async function joinCustomer(
  tx: TxCtx,
  place: { userId: string; customerId: string; role: CustomerRole },
): Promise<void> {
  const { userId, customerId, role } = place;
  await upsertMembership(tx, userId, customerId, role);
  await record(tx, {
    action: "member.joined",
    target: { kind: "user", id: userId },
    customerId,
    after: { role },
  });
}

/** The customers of the signed-in person, the first that they joined first. */
export async function findOwnPlaces(ctx: Ctx) {
  const { customers } = await ownAccount(ctx);
  return customers;
}

/** Have the session act for one of its person's customers; the caller has checked which. */
export async function chooseCustomer(
  ctx: Ctx,
  customerId: string,
): Promise<void> {
  const { sessionId } = refuseViewer(ctx);
  await transaction(ctx, async (tx) => {
    await setSessionCustomer(tx, sessionId, customerId);
    await record(tx, {
      action: "session.customer_chosen",
      target: { kind: "session", id: sessionId },
      customerId,
    });
  });
}

/** Have a staff member's session act as a customer for an hour. Answers the person's id. */
export async function startViewing(
  tx: TxCtx,
  customerId: string,
  reason: string,
): Promise<string> {
  const { actor } = tx;
  if (actor.kind !== "staff")
    throw new DomainError("FORBIDDEN", "Only staff may view as a customer.");
  const until = addSeconds(tx.now(), viewingSeconds);
  await setViewing(tx, actor.sessionId, { customerId, reason, until });
  return actor.userId;
}

/** Have the session be its staff member's own again. */
export async function stopViewing(tx: TxCtx): Promise<void> {
  if (tx.actor.kind === "customer")
    await setViewing(tx, tx.actor.sessionId, null);
}
