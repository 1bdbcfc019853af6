import type { Ctx, TxCtx } from "@/platform/context";
import { addJob } from "@/platform/add-job";
import { transaction } from "@/platform/db/transaction";
import { findUsers, rearmAlerts } from "../queries/entitlements";

/** The task that looks at one customer's alerts again, as when a boost starts or ends. */
export const rearmTask = "limits_rearm";
/** The task that does so for every customer that a plan or the defaults concern, in batches. */
export const rearmAllTask = "limits_rearm_all";
const batch = 200;

/** Look at a customer's alerts again now that its quota of a meter, or null of any, is another. */
export async function rearmOne(
  ctx: Ctx,
  customerId: string,
  meterId: string | null,
): Promise<void> {
  await transaction(ctx, (tx) => rearmAlerts(tx, { customerId, meterId }));
}

/** Do so at a time to come. */
export async function rearmAt(
  tx: TxCtx,
  customerId: string,
  meterId: string,
  { key, at }: { key: string; at: Date },
): Promise<void> {
  const payload = { customer_id: customerId, meter_id: meterId };
  await addJob(tx, rearmTask, payload, `${rearmTask}:${key}`, at);
}

/** Have the worker look at the alerts of every customer of a plan, or of all (null). */
export async function rearmLater(
  tx: TxCtx,
  planId: string | null,
): Promise<void> {
  const payload = { plan_id: planId, after: null };
  await addJob(tx, rearmAllTask, payload, `${rearmAllTask}:${planId ?? "all"}`);
}

/** One batch of that, and the task for the next. */
export async function rearmAll(
  ctx: Ctx,
  planId: string | null,
  after: string | null,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const customers = await findUsers(tx, planId, after, batch);
    for (const customerId of customers)
      await rearmAlerts(tx, { customerId, meterId: null });
    const last = customers.at(-1);
    if (last && customers.length === batch)
      await addJob(tx, rearmAllTask, { plan_id: planId, after: last });
  });
}
