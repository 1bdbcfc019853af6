import { moduleJobs } from "@/jobs";
import { supportJobs } from "@/modules/support";
import { excerptOf } from "@/modules/support/excerpt";
import { tasksOf } from "@/platform/jobs";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { agent, ticket } from "../support/support";
import { plan } from "../support/things";
import { supportFixture } from "./support-fixture";

const database = useDatabase();
const { held, ask, open, on, say, seen } = supportFixture();

const merge = (id: string, into_id: string) =>
  on("staff", "merge", id, { into_id });
const texts = ({ messages }: { messages: { body: string }[] }) =>
  messages.map(({ body }) => body);

test("a merged ticket gives its messages away in their order, is closed for good, and says where to go on", async () => {
  const first = await open({ body: "One" });
  const second = await open({ body: "Two" });
  await say("customer", first.id, "Three");
  await say("staff", second.id, "Four");
  const merged = await merge(first.id, second.id);
  expect(merged.body).toMatchObject({ id: second.id, status: "open" });
  const into = await seen("staff", second.id);
  expect(texts(into).slice(0, 4)).toEqual(["One", "Two", "Three", "Four"]);
  expect(into.messages[4]).toMatchObject({ is_internal: true });
  expect(texts(await seen("customer", second.id))).toHaveLength(4);
  const from = await seen("customer", first.id);
  expect(from).toMatchObject({ status: "closed", merged_into_id: second.id });
  for (const answer of [
    await say("customer", first.id, "Hello?"),
    await on("customer", "reopen", first.id),
    await on("staff", "update", first.id, { status: "open" }),
    await merge(first.id, second.id),
  ])
    expect([answer.status, answer.body.details]).toEqual([
      ...[409, { merged_into_id: second.id }],
    ]);
});

test("a ticket is not merged into itself, one of another customer, or one that was merged", async () => {
  const [a, b, c] = [await open(), await open(), await open()];
  const foreign = await ticket(held.w.ctx);
  expect((await merge(a.id, a.id)).status).toBe(400);
  expect((await merge(a.id, foreign.id)).status).toBe(400);
  await merge(b.id, c.id);
  expect((await merge(a.id, b.id)).status).toBe(409);
  // What was merged into one that is merged later points to where the messages are.
  await merge(c.id, a.id);
  expect((await seen("staff", b.id)).merged_into_id).toBe(a.id);
});

test("two merges crosswise at once: one passes, and neither hangs", async () => {
  const [a, b] = [await open(), await open()];
  const answers = await Promise.all([merge(a.id, b.id), merge(b.id, a.id)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test("help is rated by the customer once the ticket is over, again replaces it, and the figures say it", async () => {
  const { id } = await open();
  const rate = (score: number, comment?: string) =>
    on("customer", "rate", id, { score, ...(comment && { comment }) });
  expect((await rate(5)).status).toBe(409);
  await on("staff", "update", id, { status: "resolved" });
  expect((await rate(2, "Slow")).body.satisfaction).toMatchObject({
    ...{ score: 2, comment: "Slow" },
  });
  expect((await rate(4)).body.satisfaction).toMatchObject({
    ...{ score: 4, comment: null },
  });
  expect((await rate(6)).status).toBe(400);
  expect((await on("staff", "rate", id, { score: 5 })).status).toBe(403);
  const { body } = await ask("customer", "support.stats");
  expect(body.satisfaction).toEqual({ count: 1, average: 4 });
});

test("a resolved ticket closes by itself after the days of the settings, unless somebody replied", async () => {
  const [over, back] = [await open(), await open()];
  for (const { id } of [over, back])
    await on("staff", "update", id, { status: "resolved" });
  await database.query(
    "UPDATE tickets SET resolved_at = resolved_at - interval '8 days' WHERE status = 'resolved'",
  );
  await say("customer", back.id, "Not quite.");
  await tasksOf([supportJobs])["support_close"]?.({}, {} as never);
  expect((await seen("staff", over.id)).status).toBe("closed");
  expect((await seen("staff", back.id)).status).toBe("open");
});

test("answers are owed by the targets of the customer's plan, and by the default where it has none", async () => {
  const { w, customer_id } = held;
  const sold = await plan(w.ctx);
  await ask(
    "service",
    "subscriptions.open",
    {},
    {
      ...{ customer_id, plan_version_id: sold.version.id, interval: "month" },
      provider: "manual",
    },
  );
  const { body: settings } = await ask("service", "settings.get");
  const own = { urgent: 5, high: 10, normal: 30, low: 60 };
  await ask(
    "service",
    "settings.update",
    {},
    {
      support: {
        ...settings.support,
        plan_response_minutes: { [sold.id]: own },
      },
    },
  );
  // As long as a change of the settings may go unseen.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const minutes = (made: {
    response_due_at: string | null;
    created_at: string;
  }) =>
    (Date.parse(made.response_due_at ?? "") - Date.parse(made.created_at)) /
    60_000;
  expect(minutes(await open({ priority: "normal" }))).toBe(30);
  expect(minutes(await ticket(w.ctx))).toBe(24 * 60);
});

test("canned replies fill in the customer, the ticket and who answers, and refuse a variable that is none", async () => {
  const { number, id } = await open({ subject: "Keys" });
  const body =
    "Hi {{customer.name}}, on #{{ ticket.number }} “{{ticket.subject}}”: {{agent.name}} of {{company.name}}";
  const make = (name: string, text: string) =>
    ask("staff", "cannedReplies.create", {}, { name, body: text });
  const made = await make("Greeting", body);
  expect(made.status).toBe(201);
  expect((await make("Greeting", "again")).status).toBe(409);
  const wrong = await make("Other", "Hi {{customer.password}}");
  expect(wrong.body.details.fields[0].message).toContain("{{customer.name}}");
  const listed = await ask("staff", "cannedReplies.list", {}, undefined, {
    ticket_id: id,
  });
  expect(listed.body.items[0].text).toBe(
    `Hi Test Customer, on #${number} “Keys”: support of Tollkeeper`,
  );
  const params = { canned_reply_id: made.body.id };
  const changed = { name: "Hello", body: "Hello" };
  const after = await ask("staff", "cannedReplies.update", params, changed);
  expect(after.body).toMatchObject(changed);
  await ask("staff", "cannedReplies.remove", params);
  expect((await ask("staff", "cannedReplies.get", params)).status).toBe(404);
});

describe("who is told", () => {
  const told = async (event: string, number: number) =>
    (
      await database.query<{ email: string; title: string }>(
        `SELECT u.email, n.params->>'excerpt' AS title FROM notifications n JOIN users u ON u.id = n.user_id
         WHERE n.event = $1 AND (n.params->>'number')::int = $2`,
        [event, number],
      )
    ).map(({ title }) => title);

  test("of our answer: the customer's people who wrote, in the app and by mail, with its words and no note", async () => {
    const { w, customer_id } = held;
    await w.person("member", customer_id);
    const { id, number } = await open();
    await say("staff", id, "Between us.", { is_internal: true });
    await say("staff", id, "Use **another** key: https://evil.example/x");
    await runJobs(database);
    expect(await told("ticket.answered", number)).toEqual([
      "Use another key: evil.example/x",
    ]);
    const mails = await database.query<{ text: string }>(
      "SELECT text FROM mails WHERE subject LIKE '%' || $1 || '%' AND template = 'notice' AND recipient NOT LIKE '%staff%'",
      [`#${number}`],
    );
    const words = mails.map(({ text }) => text).join("\n");
    expect(words).toContain("Use another key");
    expect(words).not.toContain("Between us");
  });

  test("of a reply: who sees to the ticket alone, or everybody who could", async () => {
    const { id, number } = await open();
    await runJobs(database);
    const all = (await told("ticket.opened", number)).length;
    expect(all).toBeGreaterThan(0);
    const assignee_id = await agent(held.w.ctx);
    await on("staff", "assign", id, { assignee_id });
    await say("customer", id, "Hello?");
    await runJobs(database);
    expect(await told("ticket.assigned", number)).toHaveLength(1);
    expect(await told("ticket.replied", number)).toEqual(["Hello?"]);
  });

  test("nobody twice, although an event comes twice", async () => {
    const { id, number } = await open();
    await say("staff", id, "Once.");
    await runJobs(database);
    const [row] = await database.query<{ id: string }>(
      "SELECT id FROM outbox WHERE name = 'ticket.answered' AND payload->>'ticket_id' = $1",
      [id],
    );
    await tasksOf(moduleJobs)["deliver_event"]?.({ id: row?.id }, {} as never);
    expect(await told("ticket.answered", number)).toHaveLength(1);
  });
});

test("an excerpt has no marks and nothing that a mail program makes a link of", () => {
  expect(
    excerptOf(
      "# Hi\n\n- **one** and `two`\n> [click](https://evil.example)\n```js\nx\n```",
    ),
  ).toBe("Hi one and two click x");
  expect(excerptOf("a".repeat(2_000))).toHaveLength(600);
});

test("staff who view the portal as a customer read its tickets, and do not speak for it", async () => {
  const { w, customer_id } = held;
  const { id } = await open();
  const cookie = await w.staffCookie();
  const headers = { cookie, origin: w.origin };
  const params = { customer_id };
  const body = { reason: "To see what they see" };
  await callRoute("viewAs.start", { headers, params, body });
  const read = await callRoute("support.get", {
    ...{ headers, params: { ticket_id: id } },
  });
  expect(read.status).toBe(200);
  const said = await callRoute("ticketMessages.add", {
    ...{ headers, params: { ticket_id: id }, body: { body: "As them" } },
  });
  expect(said.status).toBe(403);
});
