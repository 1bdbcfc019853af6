import {
  cancelSubscription,
  changeSubscription,
  listCustomerSubscriptions,
  openSubscription,
  pauseSubscription,
} from "@/modules/subscriptions";
import { hasEnded } from "@/modules/subscriptions/status";
import type { Ctx } from "@/platform/context";
import type { Endpoint } from "@/shared/endpoint";
import { plan } from "./things";

/** A subscription in a state that the endpoint asks for. */
export async function subscriptionFor(
  ctx: Ctx,
  customer_id: string,
  endpoint?: Endpoint,
): Promise<string> {
  const { version } = await plan(ctx);
  const verb = endpoint?.id.split(".")[1];
  const { id } = await openSubscription(ctx, {
    ...{ customer_id, plan_version_id: version.id, interval: "month" },
    ...{ quantity: 1, provider: "manual", metadata: {} },
    ...(verb === "extendTrial" && { trial_days: 7 }),
  });
  if (verb === "resume")
    await cancelSubscription(ctx, id, {
      ...{ when: "period_end", reason: "other", credit_unused: false },
    });
  if (verb === "unpause") await pauseSubscription(ctx, id, {});
  return id;
}

/** A change of it that waits for the period's end. */
export async function scheduledChange(
  ctx: Ctx,
  { subscription_id: id = "" }: { subscription_id?: string },
): Promise<string> {
  const { scheduled_change } = await changeSubscription(ctx, id, {
    ...{ quantity: 2, when: "period_end" },
  });
  return scheduled_change?.id ?? "";
}

/** End what a customer has, so that it may subscribe. */
export async function endAll(ctx: Ctx, customerId: string): Promise<void> {
  const { items } = await listCustomerSubscriptions(ctx, customerId, {
    per_page: 100,
  });
  for (const { id, status } of items)
    if (!hasEnded(status))
      await cancelSubscription(ctx, id, {
        ...{ when: "now", reason: "other", credit_unused: false },
      });
}
