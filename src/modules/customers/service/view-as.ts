import { record } from "@/modules/audit";
import { startViewing, stopViewing } from "@/modules/identity";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { getVisibleCustomer } from "./read";

/** Have the staff member's session act as a customer for an hour. Throws NOT_FOUND. */
export async function viewAs(
  ctx: Ctx,
  customerId: string,
  { reason }: { reason: string },
) {
  authorize(ctx, "customers:read");
  const { name } = await getVisibleCustomer(ctx, customerId);
  return transaction(ctx, async (tx) => {
    const userId = await startViewing(tx, customerId, reason);
    await record(tx, {
      action: "view_as.started",
      target: { kind: "customer", id: customerId },
      customerId,
      after: { name, reason },
    });
    await emit(tx, {
      name: "view_as.started",
      payload: { customer_id: customerId, staff_user_id: userId, reason },
    });
    return { done: true as const };
  });
}

/** Stop looking at the portal as a customer; without such a look it does nothing. */
export async function stopViewAs(ctx: Ctx) {
  const { actor } = ctx;
  if (actor.kind === "customer" && actor.viewer)
    await transaction(ctx, async (tx) => {
      await stopViewing(tx);
      await record(tx, {
        action: "view_as.stopped",
        target: { kind: "customer", id: actor.customerId },
        customerId: actor.customerId,
      });
    });
  return { done: true as const };
}
