import { billingNow, getBuyer } from "@/modules/customers";
import { getPlanVersion } from "@/modules/plans";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { agendaOf } from "../agenda";
import { claimDue, findDue, type Due } from "../queries/subscriptions";
import { noticeDays } from "./commit";
import { deedsOf } from "./deeds";

/** How many are read at a time, and how many of them are worked on at once. */
const batch = 200;
const atOnce = 4;
/** More than the clock could ever have to do to one in one run. */
const mostSteps = 200;

/**
 * Do what is due of all subscriptions: each deed in a transaction of its own, so that a crash loses
 * none and repeats none. Several processes may run it at once. One that fails is logged and left
 * for the next run. Gives how many deeds were done.
 */
export async function runDue(ctx: Ctx): Promise<number> {
  const now = ctx.now();
  let done = 0;
  let after: Due | null = null;
  for (;;) {
    const due: Due[] = await findDue(ctx, now, after, batch);
    const waiting = byCustomer(due);
    const work = async () => {
      for (let some = waiting.shift(); some; some = waiting.shift())
        for (const one of some) done += await runAll(ctx, one, now);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    after = due.at(-1) ?? null;
    if (due.length < batch) return done;
  }
}

// Those of a customer one after the other: each holds it.
function byCustomer(due: Due[]): Due[][] {
  const groups = new Map<string, Due[]>();
  for (const one of due) {
    const group = groups.get(one.customerId);
    if (group) group.push(one);
    else groups.set(one.customerId, [one]);
  }
  return [...groups.values()];
}

async function runAll(ctx: Ctx, due: Due, now: Date): Promise<number> {
  let steps = 0;
  try {
    while (steps < mostSteps && (await runNext(ctx, due, now))) steps += 1;
  } catch (error) {
    ctx.log.error({ err: error, subscription_id: due.id }, "billing failed");
  }
  return steps;
}

/** Do the next thing that is due of a subscription by an instant; false when there is none. */
export async function runNext(ctx: Ctx, due: Due, by: Date): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const sub = await claimDue(tx, due, by);
    if (!sub) return false;
    const [next] = agendaOf(sub, await noticeDays(tx));
    if (!next || next.at > by) return false;
    await deedsOf[next.deed](tx, {
      sub,
      customer: await getBuyer(tx, sub.customerId),
      version: await getPlanVersion(tx, sub.planVersionId),
      now: await billingNow(tx, sub.customerId),
    });
    return true;
  });
}
