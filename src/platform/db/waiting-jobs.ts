import type { Ctx } from "@/platform/context";
import { Prisma } from "./generated/client";

/** A job of the queue that was claimed: nobody else does it. */
export type WaitingJob = {
  id: bigint;
  task: string;
  payload: Record<string, unknown>;
};

// Jobs that name a customer, and the delivery of events that do. Only of the latter the ids are UUIDs.
const ofCustomer = (customerId: string) => Prisma.sql`
  (j.payload->>'customer_id' = ${customerId} OR CASE WHEN t.identifier = 'deliver_event' THEN EXISTS (
    SELECT FROM json_array_elements_text(coalesce(j.payload->'ids', json_build_array(j.payload->'id'))) e
    JOIN outbox o ON o.id = e::uuid WHERE o.payload->>'customer_id' = ${customerId}) END)`;

/**
 * Claim the first job that waits for a customer's sake; null when none does. Which one is asked for in
 * an expression, that is looked at once: a join may look again for each row, and each time pass over
 * what it has just claimed.
 */
export async function claimJobOf(
  ctx: Ctx,
  customerId: string,
): Promise<WaitingJob | null> {
  const [job] = await ctx.db.$queryRaw<WaitingJob[]>`
    UPDATE graphile_worker._private_jobs w SET locked_at = now(), locked_by = 'drain', attempts = w.attempts + 1
    WHERE w.id = (
      SELECT j.id
      FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
      WHERE j.locked_at IS NULL AND j.run_at <= now() AND j.attempts < j.max_attempts
        AND ${ofCustomer(customerId)}
      ORDER BY j.id LIMIT 1 FOR UPDATE OF j SKIP LOCKED)
    RETURNING w.id, w.payload,
      (SELECT identifier FROM graphile_worker._private_tasks t WHERE t.id = w.task_id) AS task`;
  return job ?? null;
}

/** Whether somebody does a job for a customer's sake now. */
export async function isJobUnderWay(
  ctx: Ctx,
  customerId: string,
): Promise<boolean> {
  const found = await ctx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE j.locked_at > now() - interval '1 minute' AND ${ofCustomer(customerId)} LIMIT 1`;
  return found.length > 0;
}

/** A claimed job is done. */
export async function deleteJob(ctx: Ctx, id: bigint): Promise<void> {
  await ctx.db
    .$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE id = ${id}`;
}

/** A claimed job failed: the worker tries it again later. */
export async function putJobBack(
  ctx: Ctx,
  id: bigint,
  reason: string,
): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, last_error = ${reason},
      run_at = now() + interval '10 seconds' WHERE id = ${id}`;
}
