import { issueInvoice } from "@/modules/invoices";
import { useDatabase } from "../support/database";
import { invoicesFixture } from "./invoices-fixture";

const database = useDatabase();
const { drafted, world } = invoicesFixture(database);

test("500 concurrent finalizations, with connections cut in the middle, leave no gap", async () => {
  const customers = await Promise.all(
    Array.from({ length: 10 }, () => world().customer()),
  );
  const ids: string[] = [];
  for (let i = 0; i < 500; i += 1)
    ids.push((await drafted({ customer_id: customers[i % 10]?.id })).id);
  const waiting = [...ids];
  let cuts = 0;
  async function work() {
    for (let id = waiting.shift(); id; id = waiting.shift())
      try {
        await issueInvoice(world().ctx, id);
      } catch (error) {
        // What was finalized after all says so; anything else is tried again.
        if ((error as { code?: string }).code !== "CONFLICT") waiting.push(id);
      }
  }
  async function cut() {
    while (waiting.length > 0) {
      await new Promise((wake) => setTimeout(wake, 500));
      const gone = await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
           AND xact_start IS NOT NULL AND query ~ 'invoice' LIMIT 2`,
      );
      cuts += gone.length;
    }
  }
  await Promise.all([...Array.from({ length: 20 }, work), cut()]);
  const [numbers] = await database.query(
    `SELECT count(DISTINCT number)::int AS different, count(*)::int AS all,
       max(right(number, 6)::int) AS last FROM invoices WHERE number IS NOT NULL`,
  );
  expect(numbers).toEqual({ different: 500, all: 500, last: 500 });
  expect(cuts).toBeGreaterThan(0);
  const [sums] = await database.query(
    "SELECT sum(amount_minor)::int AS sum, count(*)::int AS n FROM ledger_entries",
  );
  expect(sums).toEqual({ sum: 0, n: 1_000 });
}, 600_000);
