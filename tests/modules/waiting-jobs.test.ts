import { addJob } from "@/platform/add-job";
import { transaction } from "@/platform/db/transaction";
import { claimJobOf } from "@/platform/db/waiting-jobs";
import { systemCtx } from "@/platform/jobs";
import { newId } from "@/shared/ids";
import { useDatabase } from "../support/database";

const database = useDatabase();

// By what it knows of the table PostgreSQL joins a claim in one way or another. One of them, for a
// table that had one row when it was last looked at, would look for the first job for each row.
test.each([1, 0, 2, 100])(
  "one job is claimed at a time, when the queue was known to have %s",
  async (known) => {
    const ctx = systemCtx("test");
    const customer_id = newId("cus");
    const add = (jobs: number) =>
      transaction(ctx, async (tx) => {
        for (let n = 0; n < jobs; n += 1)
          await addJob(tx, "render_invoice", { customer_id });
      });
    await database.query("TRUNCATE graphile_worker._private_jobs");
    await add(known);
    await database.query("VACUUM ANALYZE");
    await add(3);
    const first = await claimJobOf(ctx, customer_id);
    expect(first?.task).toBe("render_invoice");
    const claimed = await database.query<{ id: string }>(
      "SELECT id FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL",
    );
    expect(claimed.map(({ id }) => BigInt(id))).toEqual([first?.id]);
  },
);
