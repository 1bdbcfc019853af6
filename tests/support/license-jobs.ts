import { moduleJobs } from "@/jobs";
import { systemCtx, tasksOf } from "@/platform/jobs";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { fromUuid } from "@/shared/ids";
import type { TestDatabase } from "./database";
import { runJobs } from "./jobs";

/** Does what a timer does, once. */
export async function runTimer(name: string): Promise<void> {
  // Safe: no timer of ours asks for the worker's own tools.
  await tasksOf(moduleJobs)[name]?.({}, undefined as never);
}

/** Brings news of a subscription, by its UUID, to those that listen. */
export async function tell(
  database: TestDatabase,
  name: `subscription.${string}`,
  uuid: string,
): Promise<void> {
  const [of] = await database.query<{ customer_id: string }>(
    "SELECT customer_id FROM licenses WHERE subscription_id = $1",
    [uuid],
  );
  const payload = {
    subscription_id: fromUuid("sub", uuid),
    customer_id: fromUuid("cus", of?.customer_id ?? ""),
  };
  await transaction(systemCtx("test"), (tx) => emit(tx, { name, payload }));
  await runJobs(database);
}
