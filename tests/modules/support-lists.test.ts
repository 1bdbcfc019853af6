import { removeCustomer } from "@/modules/customers";
import { openTicket } from "@/modules/support";
import { customerBlockers } from "@/http/blockers";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { ticket } from "../support/support";
import { supportFixture } from "./support-fixture";

const database = useDatabase();
const { held, ask, open, on, seen } = supportFixture();

test("tickets are found by number, with # and without, by words of the subject, and by each filter", async () => {
  const made = await open({
    subject: "100% of calls fail",
    category: "billing",
  });
  const other = await open({ subject: "Another thing", priority: "low" });
  const find = async (query: Record<string, string>) => {
    const { customer_id } = held;
    const { body } = await ask("staff", "support.list", {}, undefined, {
      ...{ customer_id },
      ...query,
    });
    return body.items.map(({ id }: { id: string }) => id);
  };
  expect(await find({ search: `#${made.number}` })).toEqual([made.id]);
  expect(await find({ search: String(made.number) })).toEqual([made.id]);
  expect(await find({ search: "% OF calls" })).toEqual([made.id]);
  expect(await find({ search: "%" })).toEqual([made.id]);
  expect(await find({ category: "billing" })).toEqual([made.id]);
  expect(await find({ priority: "low" })).toEqual([other.id]);
  expect(await find({})).toEqual([other.id, made.id]);
  await on("staff", "close", other.id);
  expect(await find({ is_live: "true" })).toEqual([made.id]);
  expect(await find({ is_live: "false" })).toEqual([other.id]);
  expect(await find({ status: "closed" })).toEqual([other.id]);
  const { customer_id } = held;
  const of = await ask("service", "support.listOfCustomer", { customer_id });
  expect(of.body.total).toBe(2);
});

test("of a long thread the last hundred messages come with the ticket, and the rest by pages, notes left out", async () => {
  const { id } = await open();
  await database.query(
    `INSERT INTO ticket_messages (id, ticket_id, author_kind, author_name, side, is_internal, body, created_at)
     SELECT overlay($1::uuid::text PLACING lpad(to_hex(g), 12, '0') FROM 25)::uuid, $1::uuid, 'staff', 'Ada', 'staff', g % 2 = 0, 'No. ' || g, now()
     FROM generate_series(1, 250) g`,
    [toUuid(id)],
  );
  const ours = await seen("staff", id);
  const theirs = await seen("customer", id);
  expect([ours.messages.length, ours.has_earlier]).toEqual([100, true]);
  expect([theirs.messages.length, theirs.has_earlier]).toEqual([100, true]);
  const rest = await ask(
    ...(["customer", "ticketMessages.list", { ticket_id: id }] as const),
    undefined,
    { cursor: theirs.messages[0].id, limit: "100" },
  );
  expect(rest.body.next_cursor).toBeNull();
  const all = [...theirs.messages, ...rest.body.items];
  expect(all).toHaveLength(126);
  expect(all.some((one) => one.is_internal)).toBe(false);
});

test("a customer with an open ticket cannot be deleted, and one whose tickets are over can", async () => {
  const { w } = held;
  const { id: customer_id } = await w.customer();
  const made = await ticket(w.ctx, customer_id);
  const remove = () => removeCustomer(w.ctx, customer_id, customerBlockers);
  await expect(remove()).rejects.toMatchObject({
    code: "CONFLICT",
    details: { blockers: [{ kind: "open tickets", count: 1 }] },
  });
  await on("staff", "close", made.id);
  await remove();
  const left = await database.query("SELECT 1 FROM tickets WHERE number = $1", [
    made.number,
  ]);
  expect(left).toEqual([]);
});

test("the counts that triggers keep are those of the tickets, after every change and for writers at once", async () => {
  const { w, customer_id } = held;
  const input = { subject: "x", body: "x", category: "general" } as const;
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      openTicket(w.ctx, {
        ...{ customer_id, ...input },
        priority: i % 2 ? "high" : "low",
      }),
    ),
  );
  await Promise.all(
    made.map(({ id }, i) =>
      i % 3
        ? on("staff", "close", id)
        : on("staff", "update", id, {
            priority: "urgent",
            category: "account",
          }),
    ),
  );
  const counted = await database.query(
    "SELECT status, priority, category, sum(tickets)::int AS n FROM ticket_counts GROUP BY 1, 2, 3 HAVING sum(tickets) <> 0 ORDER BY 1, 2, 3",
  );
  const real = await database.query(
    "SELECT status, priority, category, count(*)::int AS n FROM tickets GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
  );
  expect(counted).toEqual(real);
  const own = await ask("customer", "support.stats");
  expect(own.body).toMatchObject({
    ...{ total: 12, open: 4, unassigned: null, opened: 12 },
    by_status: { open: 4, closed: 8 },
    by_category: { account: 4 },
  });
});

test("opening tickets counts against the budget of tickets, ten a minute", async () => {
  const { headers } = held;
  const { body: settings } = await ask("service", "settings.get");
  await ask(
    "service",
    "settings.update",
    {},
    {
      limits: { ...settings.limits, tickets_per_minute: 10 },
    },
  );
  // As long as a change of the settings may go unseen.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const body = { subject: "x", body: "x" };
  const answers = [];
  for (let i = 0; i < 11; i += 1)
    answers.push(
      await callRoute("support.open", { headers: headers.customer, body }),
    );
  expect(answers.map(({ status }) => status)).toEqual([
    ...Array<number>(10).fill(201),
    429,
  ]);
});
