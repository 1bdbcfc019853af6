import { moduleJobs } from "@/jobs";
import { removeCustomer } from "@/modules/customers";
import { setCustomerLimits } from "@/modules/limits";
import { importUsage } from "@/modules/usage";
import { transaction } from "@/platform/db/transaction";
import { startWorker } from "@/platform/jobs";
import { emit } from "@/platform/outbox";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { world } from "../support/world";

const database = useDatabase();

test("an event is recorded with its write, or not at all", async () => {
  const { ctx } = await world();
  const event = { name: "test.happened" as const, payload: {} };
  await expect(
    transaction(ctx, async (tx) => {
      await emit(tx, event);
      throw new Error("the write failed");
    }),
  ).rejects.toThrow("the write failed");
  await transaction(ctx, (tx) => emit(tx, event));
  const [counts] = await database.query(
    `SELECT (SELECT count(*)::int FROM outbox WHERE name = 'test.happened') AS events,
       (SELECT count(*)::int FROM graphile_worker._private_jobs) AS jobs`,
  );
  expect(counts).toEqual({ events: 1, jobs: 1 });
});

test("a deleted customer's limits and usage go with it, by its event", async () => {
  const w = await world();
  const { id } = await w.customer();
  await setCustomerLimits(w.ctx, id, { per_day: 5 });
  const occurred_at = new Date().toISOString();
  await importUsage(w.ctx, [
    { id: "e", customer_id: id, key_id: null, occurred_at },
  ]);
  await removeCustomer(w.ctx, id, []);
  const left = async () => {
    const [row] = await database.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM limit_policies WHERE subject_kind = 'customer')::int
         + (SELECT count(*) FROM usage_events)::int + (SELECT count(*) FROM usage_event_ids)::int
         + (SELECT count(*) FROM usage_hourly WHERE customer_id = $1::uuid)::int
         + (SELECT count(*) FROM usage_daily WHERE customer_id = $1::uuid)::int AS n`,
      [toUuid(id)],
    );
    return row?.n;
  };
  expect(await left()).toBe(5);
  const worker = await startWorker(moduleJobs);
  const deadline = Date.now() + 15_000;
  while ((await left()) !== 0 && Date.now() < deadline)
    await new Promise((done) => setTimeout(done, 50));
  await worker.stop();
  expect(await left()).toBe(0);
  // What it used stays in the sums of all customers.
  expect(
    await database.query(
      "SELECT customer_id = $1::uuid AS is_its, calls::int FROM usage_daily",
      [toUuid(id)],
    ),
  ).toEqual([{ is_its: false, calls: 1 }]);
  const undelivered = await database.query(
    "SELECT name FROM outbox WHERE delivered_at IS NULL",
  );
  expect(undelivered).toEqual([]);
}, 60_000);
