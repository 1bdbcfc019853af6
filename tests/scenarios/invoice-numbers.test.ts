import { createInvoice } from "@/modules/invoices";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let servers: AppServer[] = [];
beforeAll(async () => {
  w = await world();
  servers = [await startServer(), await startServer()];
}, 400_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
}, 60_000);

const finalize = async (id: string, at: number) => {
  const path = `/api/v1/invoices/${id}/finalize`;
  const headers = { authorization: `Bearer ${w.everything}` };
  const sent = { method: "POST", headers };
  const answer = await fetch(`${servers[at % 2]?.url}${path}`, sent);
  return answer.status;
};

/** So many drafts of a few customers. */
async function drafts(count: number): Promise<string[]> {
  const customers = await Promise.all(
    Array.from({ length: 10 }, () => w.customer()),
  );
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const customer_id = customers[i % 10]?.id ?? "";
    const line = { description: "A", quantity: "1", unit_price: "1" };
    ids.push((await createInvoice(w.ctx, { customer_id, lines: [line] })).id);
  }
  return ids;
}

/** How many numbers there are, and the last: both the same where there is no gap. */
async function numbers() {
  const [row] = await database.query<{ n: number; last: number }>(
    `SELECT count(DISTINCT number)::int AS n, coalesce(max(right(number, 6)::int), 0) AS last
     FROM invoices WHERE number IS NOT NULL`,
  );
  return row;
}

test("500 concurrent finalizations through two processes, one of them killed, leave no gap", async () => {
  const ids = await drafts(500);
  let isKilled = false;
  let rest = ids.map((id, at) => ({ id, at }));
  for (let round = 0; rest.length > 0 && round < 20; round += 1) {
    const statuses = rest.map(({ id, at }) =>
      finalize(id, isKilled ? 0 : at).catch(() => 0),
    );
    if (!isKilled) {
      // In the middle of it, as the count shows.
      while (((await numbers())?.n ?? 0) < 100)
        await new Promise((wake) => setTimeout(wake, 20));
      servers[1]?.kill();
      isKilled = true;
    }
    const answers = await Promise.all(statuses);
    // Who got no answer asks again; 409 says that it was finalized after all.
    rest = rest.filter((_, i) => ![200, 409].includes(answers[i] ?? 0));
  }
  expect(rest).toEqual([]);
  expect(await numbers()).toEqual({ n: 500, last: 500 });
  const [sums] = await database.query<{ sum: number; n: number }>(
    "SELECT sum(amount_minor)::int AS sum, count(*)::int AS n FROM ledger_entries",
  );
  expect(sums).toEqual({ sum: 0, n: 1_000 });
}, 300_000);
