import { holdCustomer } from "@/modules/customers";
import { canCharge, listOwnMethods, onlineProviders } from "@/modules/payments";
import { authorize, owned, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import type { SubscribeInput, SubscriptionInput } from "../contract/inputs";
import type { Preview, Subscription } from "../contract/parts";
import { findLive } from "../queries/subscriptions";
import { openSubscription, previewOpening } from "./open";

/**
 * Subscribe one's own customer to a plan that is offered; prices are the plan's. One at a time: who
 * has one changes it. Needs billing:write; throws NOT_FOUND, CONFLICT.
 */
export async function subscribe(
  ctx: Ctx,
  input: SubscribeInput,
): Promise<Subscription> {
  authorize(ctx, "billing:write", "plan");
  const whole = await asOwn(ctx, input);
  return transaction(ctx, async (tx) => {
    await holdCustomer(tx, whole.customer_id);
    await assertNone(tx, whole.customer_id);
    return openSubscription(tx, whole);
  });
}

/** What that would cost. Needs billing:read; throws NOT_FOUND, CONFLICT. */
export async function previewSubscribing(
  ctx: Ctx,
  input: SubscribeInput,
): Promise<Preview> {
  authorize(ctx, "billing:read");
  return previewOpening(ctx, await asOwn(ctx, input));
}

async function asOwn(
  ctx: Ctx,
  input: SubscribeInput,
): Promise<SubscriptionInput> {
  const customer_id = owned(ctx);
  if (!customer_id) throw notFound("customer of yours");
  return {
    ...input,
    customer_id,
    provider: await providerFor(ctx, customer_id),
    metadata: {},
  };
}

/** Who charges: the provider of the method that is there, else the first that is set up. */
async function providerFor(
  ctx: Ctx,
  customerId: string,
): Promise<SubscriptionInput["provider"]> {
  if (await canCharge(ctx, customerId)) {
    const { items } = await listOwnMethods(ctx);
    const chosen = items.find(({ is_default }) => is_default);
    if (chosen) return chosen.provider;
  }
  return onlineProviders()[0] ?? "manual";
}

async function assertNone(ctx: Ctx, customerId: string): Promise<void> {
  const [live] = await findLive(ctx, customerId);
  if (!live) return;
  throw new DomainError(
    "CONFLICT",
    "You have a subscription already. Change its plan instead, or cancel it first.",
    { subscription_id: live.id },
  );
}
