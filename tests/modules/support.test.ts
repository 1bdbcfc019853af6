import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { agent, ticket } from "../support/support";
import { supportFixture } from "./support-fixture";

const database = useDatabase();
const { held, ask, open, on, say, seen } = supportFixture();

test("a customer opens a ticket, we answer, they reply: it says each time whose turn it is", async () => {
  const made = await open({ priority: "high", category: "technical" });
  expect(made).toMatchObject({
    ...{ status: "open", priority: "high", category: "technical" },
    ...{ last_message_by: "customer", is_overdue: false },
    opened_by: { kind: "customer", name: "owner" },
  });
  expect(made.number).toBeGreaterThan(0);
  expect(made.messages).toHaveLength(1);
  const waits = Date.parse(made.response_due_at) - Date.parse(made.created_at);
  expect(waits).toBe(240 * 60_000);

  await say("staff", made.id, "Which key is it?");
  expect(await seen("customer", made.id)).toMatchObject({
    ...{ status: "pending", last_message_by: "staff", response_due_at: null },
  });
  await say("customer", made.id, "The *live* one.");
  const again = await seen("staff", made.id);
  expect(again.status).toBe("open");
  expect(again.response_due_at).not.toBeNull();
  expect(again.first_responded_at).not.toBeNull();
  expect(again.messages.map(({ body }: { body: string }) => body)).toEqual([
    ...["Since noon.", "Which key is it?", "The *live* one."],
  ]);
});

test("a note among staff never reaches the customer, by whichever way they ask", async () => {
  const { id } = await open();
  const noted = await say("staff", id, "They did this before.", {
    is_internal: true,
  });
  expect(noted.body).toMatchObject({ is_internal: true });
  const theirs = await seen("staff", id);
  expect(theirs.messages).toHaveLength(2);
  expect(theirs).toMatchObject({ status: "open", last_message_by: "customer" });
  const params = { ticket_id: id };
  const answers = [
    await ask("customer", "support.get", params),
    await ask("customer", "ticketMessages.list", params),
    await ask("customer", "support.list"),
    await on("customer", "update", id, { message: "Any news?" }),
    await on("customer", "close", id),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain("before");
  }
  const told = await database.query(
    "SELECT 1 FROM outbox WHERE payload::text LIKE '%did this before%'",
  );
  expect(told).toEqual([]);
});

test("a customer learns neither who of us answers nor who sees to a ticket", async () => {
  const { id } = await open();
  const assignee_id = await agent(held.w.ctx);
  await on("staff", "assign", id, { assignee_id });
  await say("staff", id, "We look at it.");
  const [ours, theirs] = [await seen("staff", id), await seen("customer", id)];
  expect(ours.assignee).toEqual({ id: assignee_id, name: "Ada Agent" });
  expect(ours.messages[1].author.name).toBe("support");
  expect(theirs.assignee).toBeNull();
  expect(theirs.messages[1].author).toEqual({
    ...{ kind: "staff", id: null, name: "Tollkeeper" },
  });
});

test("another customer's ticket is one that nobody has, to read, answer, list and name", async () => {
  const theirs = await ticket(held.w.ctx);
  const params = { ticket_id: theirs.id };
  const refused = [
    await ask("customer", "support.get", params),
    await ask("customer", "ticketMessages.list", params),
    await say("customer", theirs.id, "Hello"),
    await on("customer", "close", theirs.id),
    await ask("customer", "support.list", {}, undefined, {
      customer_id: theirs.customer_id,
    }),
    await ask(
      "customer",
      "support.open",
      {},
      {
        ...{ customer_id: theirs.customer_id, subject: "x", body: "x" },
      },
    ),
  ];
  expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(404));
  const listed = await ask("customer", "support.list");
  expect(listed.body.total).toBe(0);
});

test("what a ticket is about must be the customer's own", async () => {
  const { w, customer_id } = held;
  const key = async (customer_id: string) =>
    (await ask("service", "keys.issue", {}, { customer_id })).body.id;
  const mine = await key(customer_id);
  const foreign = await key((await w.customer()).id);
  expect((await open({ about_id: mine })).about_id).toBe(mine);
  expect((await open({ about_id: foreign })).code).toBe("NOT_FOUND");
  expect((await open({ about_id: foreign }, "staff")).code).toBe("NOT_FOUND");
});

test("customers may not set what is ours to set, and are told what to do instead", async () => {
  const { id } = await open();
  for (const field of [
    { priority: "urgent" },
    { status: "resolved" },
    { assignee_id: null },
  ]) {
    const answer = await on("customer", "update", id, field);
    expect([answer.status, answer.body.code]).toEqual([
      ...[400, "VALIDATION_FAILED"],
    ]);
  }
  const noted = await say("customer", id, "psst", { is_internal: true });
  expect(noted.status).toBe(400);
  const changed = { subject: "It still stops", category: "billing" };
  expect((await on("customer", "update", id, changed)).body).toMatchObject(
    changed,
  );
});

test("a ticket is given only to staff who may answer, and taken back", async () => {
  const { id } = await open();
  const viewer = await agent(held.w.ctx, "viewer");
  const refused = await on("staff", "assign", id, { assignee_id: viewer });
  expect(refused.status).toBe(400);
  const assignee_id = await agent(held.w.ctx);
  const given = await on("staff", "assign", id, { assignee_id });
  expect(given.body.assignee.id).toBe(assignee_id);
  const list = (assignee: string) =>
    ask("staff", "support.list", {}, undefined, { assignee });
  expect((await list(assignee_id)).body.items[0].id).toBe(id);
  const taken = await on("staff", "assign", id, { assignee_id: null });
  expect(taken.body.assignee).toBeNull();
  const free = (await list("nobody")).body.items;
  expect(free.map((one: { id: string }) => one.id)).toContain(id);
});

test("a change that starts from an older state is refused, and says who changed it", async () => {
  const { id } = await open();
  const first = await ask("staff", "support.get", { ticket_id: id });
  const etag = first.headers.get("etag") ?? "";
  await say("customer", id, "One more thing.");
  const late = await callRoute("support.close", {
    headers: { ...held.headers.staff, "if-match": etag },
    params: { ticket_id: id },
  });
  expect([late.status, late.body.details.action]).toEqual([
    ...[412, "ticket.replied"],
  ]);
  expect((await seen("staff", id)).status).toBe("open");
});

test("opening again and closing keep the times of the end, and of how long it took", async () => {
  const { id } = await open();
  await database.query(
    "UPDATE tickets SET created_at = created_at - interval '2 hours' WHERE subject = 'It stopped' AND status = 'open'",
  );
  const closed = (await on("customer", "close", id)).body;
  expect(closed).toMatchObject({ status: "closed", response_due_at: null });
  expect(closed.resolved_at).toBe(closed.closed_at);
  expect((await on("customer", "close", id)).body.closed_at).toBe(
    closed.closed_at,
  );
  const { body } = await ask("customer", "support.stats");
  expect(body.resolution.median_seconds).toBeGreaterThanOrEqual(7_200);
  const opened = (await on("customer", "reopen", id)).body;
  expect(opened).toMatchObject({
    ...{ status: "open", resolved_at: null, closed_at: null },
  });
  expect(opened.response_due_at).not.toBeNull();
});

test("an answer that is late is counted as late, and the list finds what is overdue", async () => {
  const { id, number } = await open({ priority: "urgent" });
  await database.query(
    "UPDATE tickets SET response_due_at = now() - interval '1 minute' WHERE number = $1",
    [number],
  );
  const overdue = () =>
    ask("staff", "support.list", {}, undefined, { is_overdue: "true" });
  expect(
    (await overdue()).body.items.map((one: { id: string }) => one.id),
  ).toContain(id);
  await say("staff", id, "Sorry for the wait.");
  const after = await seen("staff", id);
  expect(after).toMatchObject({ was_late: true, is_overdue: false });
  expect((await overdue()).body.items).toEqual([]);
});

test("another priority moves what is due by the difference of the targets", async () => {
  const { id, created_at } = await open({ priority: "low" });
  await on("staff", "update", id, { priority: "urgent" });
  const { response_due_at } = await seen("staff", id);
  expect(
    Math.abs(Date.parse(response_due_at) - Date.parse(created_at) - 3_600_000),
  ).toBeLessThan(2_000);
});
