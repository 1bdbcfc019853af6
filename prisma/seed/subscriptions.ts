import type { Customer } from "@/modules/customers/contract";
import { listInvoices } from "@/modules/invoices";
import { receivePayment } from "@/modules/payments";
import type { Interval } from "@/modules/plans/contract/terms";
import {
  cancelSubscription,
  changeSubscription,
  openSubscription,
  pauseSubscription,
} from "@/modules/subscriptions";
import type { Subscription } from "@/modules/subscriptions/contract";
import type { Ctx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import type { Published } from "./plans";

const day = 24 * 60 * 60;

type Kind =
  | "paid"
  | "owing"
  | "trial"
  | "waiting"
  | "ending"
  | "ended"
  | "lower"
  | "paused";

const kinds: Kind[] = [
  ...(["paid", "trial", "paid", "owing", "lower", "paid"] as const),
  ...(["ending", "paused", "waiting", "paid", "ended", "paid"] as const),
];

/** Subscriptions in many states, opened and moved as people would; of customers who have none. */
export async function addSubscriptions(
  ctx: Ctx,
  customers: readonly Customer[],
  sold: ReadonlyMap<string, Published>,
): Promise<void> {
  const plans = [sold.get("Basic"), sold.get("Pro")];
  for (const [i, customer] of customers.entries()) {
    const kind = kinds[i % kinds.length] ?? "paid";
    const plan = kind === "lower" ? plans[1] : plans[i % 2];
    const isActive = customer.status === "active" && !customer.expires_at;
    if (!plan || !isActive || customer.currency === "JPY") continue;
    const interval: Interval = i % 5 === 4 ? "year" : "month";
    const opened = await openSubscription(ctx, {
      customer_id: customer.id,
      plan_version_id: plan.planId,
      interval,
      quantity: 1,
      provider: "manual",
      trial_days: kind === "trial" ? 14 : 0,
      starts_at: addSeconds(
        ctx.now(),
        (-(2 + ((i * 3) % 25)) * day) / 2,
      ).toISOString(),
      awaits_payment: kind === "waiting",
      metadata: {},
    });
    if (kind !== "owing" && kind !== "waiting") await pay(ctx, customer.id);
    await move(ctx, kind, opened, plans[0]);
  }
}

/**
 * A package for each household that has begun, named in its metadata; most have paid it by their
 * phone, and those who are suspended have not.
 */
export async function addPackages(
  ctx: Ctx,
  customers: readonly Customer[],
  sold: ReadonlyMap<string, Published>,
): Promise<void> {
  for (const [i, { id, status, metadata }] of customers.entries()) {
    const plan = sold.get(String(metadata["package"]));
    if (!plan || status === "pending") continue;
    await openSubscription(ctx, {
      ...{ customer_id: id, plan_version_id: plan.planId },
      ...{ interval: "month", quantity: 1, provider: "manual" },
      starts_at: addSeconds(ctx.now(), -(10 + (i % 15)) * day).toISOString(),
      metadata: {},
    });
    if (status === "active" && i % 9 !== 4) await pay(ctx, id, "mobile_money");
  }
}

async function move(
  ctx: Ctx,
  kind: Kind,
  { id }: Subscription,
  lower: Published | undefined,
): Promise<void> {
  if (kind === "lower" && lower)
    await changeSubscription(ctx, id, {
      plan_version_id: lower.planId,
      when: "period_end",
    });
  if (kind === "ending" || kind === "ended")
    await cancelSubscription(ctx, id, {
      when: kind === "ended" ? "now" : "period_end",
      reason: kind === "ended" ? "switched_service" : "too_expensive",
      credit_unused: false,
    });
  if (kind === "paused")
    await pauseSubscription(ctx, id, { reason: "Between two projects" });
}

async function pay(
  ctx: Ctx,
  customer_id: string,
  method: "bank_transfer" | "mobile_money" = "bank_transfer",
): Promise<void> {
  const { items } = await listInvoices(ctx, { customer_id, status: "open" });
  for (const { id, due } of items)
    await receivePayment(ctx, {
      ...{ customer_id, amount: due, method },
      invoice_ids: [id],
    });
}
