import fc from "fast-check";
import { setBalance } from "@/modules/ledger";
import { prisma } from "@/platform/db";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const put = (customer_id: string, body: unknown) =>
  callRoute("ledger.setBalance", { headers, params: { customer_id }, body });

test("setting a balance books the difference, and nothing when there is none", async () => {
  const { id } = await w.customer();
  const usd = (amount: number) => ({ amount, currency: "USD" });
  const first = await put(id, { balance: usd(1_000), reason: "Opening" });
  expect(first.body.balance).toEqual(usd(1_000));
  await put(id, { balance: usd(-250), reason: "Overdraft" });
  await put(id, { balance: usd(-250), reason: "Again" });
  const entries = await database.query(
    `SELECT account, amount_minor::int AS minor FROM ledger_entries e
     JOIN ledger_transactions t ON t.id = e.transaction_id
     ORDER BY t.id, amount_minor`,
  );
  expect(entries).toEqual([
    { account: "customer_credit", minor: -1_000 },
    { account: "adjustments", minor: 1_000 },
    { account: "adjustments", minor: -1_250 },
    { account: "customer_credit", minor: 1_250 },
  ]);
});

test.each([
  [{ balance: { amount: 1.5, currency: "USD" }, reason: "r" }, "amount"],
  [{ balance: { amount: "1", currency: "USD" }, reason: "r" }, "amount"],
  [{ balance: { amount: 2 ** 53, currency: "USD" }, reason: "r" }, "amount"],
  [{ balance: { amount: 1, currency: "EUR" }, reason: "r" }, "currency"],
  [{ balance: { amount: 1, currency: "USD" } }, "reason"],
  [{ balance: 1_000, reason: "r" }, "body.balance"],
])("refuses %j with 400 naming the field", async (body, field) => {
  const { id } = await w.customer();
  const answer = await put(id, body);
  expect(answer.status).toBe(400);
  expect(answer.body.details.fields[0].field).toContain(field);
});

test("balances equal the sum of entries after concurrent adjustments of many customers", async () => {
  const customers = await Promise.all([1, 2, 3].map(() => w.customer()));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2), fc.integer({ min: -1e9, max: 1e9 })), {
        maxLength: 12,
      }),
      async (steps) => {
        await Promise.all(
          steps.map(([at, amount]) =>
            setBalance(w.ctx, customers[at]?.id ?? "", {
              balance: { amount, currency: "USD" },
              reason: "step",
            }),
          ),
        );
        const wrong = await database.query(
          `SELECT c.id FROM customers c LEFT JOIN ledger_entries e
             ON e.customer_id = c.id AND e.account = 'customer_credit'
           GROUP BY c.id HAVING c.balance_minor <> -coalesce(sum(e.amount_minor), 0)`,
        );
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
  const [sum] = await database.query(
    "SELECT sum(amount_minor)::int AS total FROM ledger_entries",
  );
  expect(sum).toEqual({ total: 0 });
});

test("the database itself refuses unbalanced, changed and deleted entries", async () => {
  const { id } = await w.customer();
  await put(id, { balance: { amount: 7, currency: "USD" }, reason: "r" });
  const db = prisma();
  const entry = await db.ledgerEntry.findFirstOrThrow();
  const { id: _, ...copy } = entry;
  await expect(db.ledgerEntry.create({ data: copy })).rejects.toThrow();
  const where = { id: entry.id };
  await expect(
    db.ledgerEntry.update({ where, data: { amount_minor: 1n } }),
  ).rejects.toThrow(/append only/);
  await expect(db.ledgerEntry.delete({ where })).rejects.toThrow(/append only/);
  await expect(db.auditEntry.deleteMany()).rejects.toThrow(/append only/);
});
