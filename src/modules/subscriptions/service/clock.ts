import { record } from "@/modules/audit";
import { billingNow, holdCustomer, setClock } from "@/modules/customers";
import { findOverdue } from "@/modules/invoices";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import { findNextOf } from "../queries/due";
import { findSub } from "../queries/subscriptions";
import { runNext } from "./due";

/** Runs the jobs that wait for a customer's sake: handed in from above, where all jobs are known. */
export type Drain = (ctx: Ctx, customerId: string) => Promise<void>;

/** What one call does at most, so that its answer comes in time. */
const mostSteps = 1_000;
const mostMs = 15_000;

/**
 * Let time pass for a test customer: the clock stops at each thing that is due, does it, and lets
 * what follows from it happen, before it goes on. Needs billing:write; throws NOT_FOUND, CONFLICT
 * for a true customer, or for a time that has passed.
 */
export async function advanceClock(
  ctx: Ctx,
  customerId: string,
  to: Date,
  drain: Drain,
): Promise<{ clock_at: string; steps: number; is_done: boolean }> {
  authorize(ctx, "billing:write");
  await begin(ctx, customerId, to);
  await drain(ctx, customerId);
  let steps = 0;
  let isDone = false;
  const startedAt = ctx.now().getTime();
  const mayGoOn = () =>
    steps < mostSteps && ctx.now().getTime() - startedAt < mostMs;
  while (!isDone && mayGoOn()) {
    const due = await findNextOf(ctx, customerId, to);
    isDone = due === null;
    if (!due) break;
    const at = await tick(ctx, customerId, due.at);
    const isRun = await runNext(ctx, due, at);
    await drain(ctx, customerId);
    if (isRun) steps += 1;
    // Somebody else works on this customer: the next look will tell.
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const at = isDone
    ? await tick(ctx, customerId, to)
    : await billingNow(ctx, customerId);
  await findOverdue(ctx);
  await drain(ctx, customerId);
  return { clock_at: at.toISOString(), steps, is_done: isDone };
}

/** The same for the customer of a subscription. */
export async function advanceClockOf(
  ctx: Ctx,
  subscriptionId: string,
  to: Date,
  drain: Drain,
): ReturnType<typeof advanceClock> {
  authorize(ctx, "billing:write");
  const sub = await findSub(ctx, subscriptionId);
  if (!sub) throw notFound("subscription");
  return advanceClock(ctx, sub.customerId, to, drain);
}

async function begin(ctx: Ctx, customerId: string, to: Date): Promise<void> {
  await transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, customerId);
    if (!customer.is_test)
      throw new DomainError(
        "CONFLICT",
        `${customer.name} is no test customer, so time passes for it as for everybody. Create a customer with is_test.`,
      );
    const now = await billingNow(tx, customerId);
    if (to <= now)
      throw new DomainError(
        "CONFLICT",
        `It is ${now.toISOString()} for ${customer.name} already. Choose a later time.`,
        { clock_at: now.toISOString() },
      );
    await setClock(tx, customerId, now);
    await record(tx, {
      action: "customer.clock_advanced",
      target: { kind: "customer", id: customerId },
      customerId,
      before: { clock_at: now.toISOString() },
      after: { clock_at: to.toISOString() },
    });
  });
}

/** The clock shows this time, or a later one that it shows already. */
async function tick(ctx: Ctx, customerId: string, at: Date): Promise<Date> {
  return transaction(ctx, async (tx) => {
    await holdCustomer(tx, customerId);
    const now = await billingNow(tx, customerId);
    if (at <= now) return now;
    await setClock(tx, customerId, at);
    return at;
  });
}
