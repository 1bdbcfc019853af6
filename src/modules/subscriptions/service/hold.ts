import { assertUnchanged } from "@/modules/audit";
import { billingNow, holdCustomer } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { getPlanVersion, type SoldVersion } from "@/modules/plans";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { Capability } from "@/shared/capabilities";
import { DomainError, notFound } from "@/shared/errors";
import type { Subscription } from "../contract/parts";
import { findSub, lockSub } from "../queries/subscriptions";
import { hasEnded, nextStatus, type SubscriptionEvent } from "../status";
import { isBilledElsewhere, type Sub } from "../subscription";
import { shown } from "./shown";

/** A subscription with what it is of, and the time that billing goes by for its customer. */
export type Held = {
  sub: Sub;
  customer: Customer;
  version: SoldVersion;
  now: Date;
};

/** A subscription that the actor may know of. Throws NOT_FOUND. */
export async function load(
  ctx: Ctx,
  id: string,
): Promise<Omit<Held, "customer">> {
  const sub = await findSub(ctx, id, owned(ctx));
  if (!sub) throw notFound("subscription");
  return {
    sub,
    version: await getPlanVersion(ctx, sub.planVersionId),
    now: await billingNow(ctx, sub.customerId),
  };
}

/**
 * The same, locked until the transaction ends. Its customer is locked first, as all that moves
 * money does: so nobody waits for each other.
 */
export async function hold(tx: TxCtx, id: string): Promise<Held> {
  const found = await findSub(tx, id, owned(tx));
  if (!found) throw notFound("subscription");
  const customer = await holdCustomer(tx, found.customerId);
  const sub = await lockSub(tx, id);
  if (!sub) throw notFound("subscription");
  return {
    sub,
    customer,
    version: await getPlanVersion(tx, sub.planVersionId),
    now: await billingNow(tx, customer.id),
  };
}

/** A verb of people: needs billing:write, holds the subscription, and minds If-Match. */
export async function act(
  ctx: Ctx,
  id: string,
  /** which of a customer's people's it is; null for what staff only do */
  capability: Capability | null,
  work: (tx: TxCtx, held: Held) => Promise<Sub>,
): Promise<Subscription> {
  authorize(ctx, "billing:write", capability ?? undefined);
  return transaction(ctx, async (tx) => {
    const held = await hold(tx, id);
    await assertUnchanged(tx, "subscription", {
      id,
      updated_at: held.sub.updatedAt.toISOString(),
    });
    assertOurs(held.sub);
    return shown(tx, await work(tx, held));
  });
}

/** Throws CONFLICT for what a provider bills, which is changed there. */
export function assertOurs(sub: Sub): void {
  if (isBilledElsewhere(sub))
    throw new DomainError(
      "CONFLICT",
      `This subscription is billed by ${sub.provider}. Change it there; what changes shows up here.`,
      { provider: sub.provider },
    );
}

/** The state that follows. Throws CONFLICT, with words, where the table of states has none. */
export function moved(sub: Sub, event: SubscriptionEvent, what: string) {
  const status = nextStatus(sub.status, event);
  if (status) return status;
  const rest = hasEnded(sub.status)
    ? "It has ended: open another one."
    : "See what it is waiting for first.";
  throw new DomainError(
    "CONFLICT",
    `This subscription is ${sub.status.replaceAll("_", " ")}, so it cannot be ${what}. ${rest}`,
    { status: sub.status },
  );
}
