import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { startWorkerProcess } from "../support/worker";
import { world } from "../support/world";

const database = useDatabase();

const customers = 300;

test("a bulk change whose worker is killed again and again ends with each customer changed and mailed once", async () => {
  const w = await world();
  const headers = { authorization: `Bearer ${w.everything}` };
  await database.query(
    `INSERT INTO customers (id, email, full_name, updated_at)
     SELECT gen_random_uuid(), 'bulk' || i || '@bulk.example', 'Bulk', now() FROM generate_series(1, $1) i`,
    [customers],
  );
  const begin = async (body: object): Promise<string> =>
    (await callRoute("batches.create", { headers, body })).body.id;
  const filters = { search: "@bulk.example" };
  const batches = [
    await begin({ action: "suspend", filters, reason: "A test" }),
    await begin({ action: "email", filters, subject: "Hello", text: "You." }),
  ];
  const progress = async () =>
    Promise.all(
      batches.map(
        async (batch_id) =>
          (await callRoute("batches.get", { headers, params: { batch_id } }))
            .body as { status: string; done: number },
      ),
    );
  const mails = async () =>
    (
      await database.query<{ recipient: string }>(
        "SELECT recipient FROM mails WHERE template = 'batch'",
      )
    ).length;

  let killed = 0;
  for (;;) {
    const before = (await progress()).map(({ done }) => done);
    const worker = await startWorkerProcess();
    let isOver = false;
    try {
      // Killed while it works, until little is left.
      for (;;) {
        const now = await progress();
        isOver =
          now.every(({ status }) => status === "done") &&
          (await mails()) === customers;
        const more = now.some(({ done }, i) => done > (before[i] ?? 0) + 60);
        if (isOver || (more && killed < 4)) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await worker.kill9();
    }
    if (isOver) break;
    killed += 1;
    // A minute passes: the timer takes up what nobody works on. A dead worker's jobs are freed
    // after hours, which is too long for its mails.
    await database.query(
      "UPDATE batches SET worked_at = now() - interval '61 s'",
    );
    await database.query(
      "UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL",
    );
    await database.query("SELECT graphile_worker.add_job('batches_resume')");
  }
  expect(killed).toBeGreaterThanOrEqual(3);

  const [row] = await database.query(
    `SELECT (SELECT count(*)::int FROM customers WHERE email LIKE '%@bulk.example' AND status = 'suspended') AS suspended,
            (SELECT count(*)::int FROM audit_log WHERE action = 'customer.status_changed') AS changes,
            (SELECT count(DISTINCT customer_id)::int FROM audit_log WHERE action = 'customer.status_changed') AS changed,
            (SELECT count(*)::int FROM outbox WHERE name = 'customer.status_changed') AS events,
            (SELECT count(*)::int FROM audit_log WHERE action = 'customer.mailed') AS mailings,
            (SELECT count(DISTINCT recipient)::int FROM mails WHERE template = 'batch') AS mailed`,
  );
  expect(row).toEqual({
    ...{ suspended: customers, changes: customers, changed: customers },
    ...{ events: customers, mailings: customers, mailed: customers },
  });
  expect(await mails()).toBe(customers);
  const items = await database.query<{ result: string; n: number }>(
    "SELECT result, count(*)::int AS n FROM batch_items WHERE batch_id = ANY ($1) GROUP BY result",
    [batches.map(toUuid)],
  );
  expect(items).toEqual([{ result: "done", n: 2 * customers }]);
}, 300_000);
