import { moduleJobs } from "@/jobs";
import { resumeBatches } from "@/modules/batches/service/work";
import { derivedId } from "@/platform/derived-id";
import { tasksOf } from "@/platform/jobs";
import { newId, toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const begin = (body: object, by: Record<string, string> = headers) =>
  callRoute("batches.create", { headers: by, body });
const progress = (
  batch_id: string,
  query: Record<string, string | number> = {},
) => callRoute("batches.get", { headers, params: { batch_id }, query });
/** Begins a bulk change and has it done. */
async function bulk(body: object, by?: Record<string, string>) {
  const begun = await begin(body, by);
  expect([begun.status, begun.body]).toEqual([202, expect.anything()]);
  await runJobs(database);
  return (await progress(begun.body.id)).body;
}
// One after the other: a transaction that waits long for its connection fails.
async function customers(
  count: number,
  tags: string[] = [],
  status: "active" | "pending" | "archived" = "active",
) {
  const made = [];
  for (let n = 0; n < count; n += 1)
    made.push(await w.customer({ tags, status }));
  return made;
}
const ids = (made: { id: string }[]) => made.map(({ id }) => id);
const read = async (customer_id: string) =>
  (await callRoute("customers.get", { headers, params: { customer_id } })).body;
const log = async (customer_id: string) =>
  (
    await callRoute("audit.customer", {
      headers,
      params: { customer_id },
    })
  ).body.items;

test("named customers are suspended as one by one: log, event, and sessions that end", async () => {
  const person = await w.person("owner");
  const [other] = await customers(1);
  const staff = await w.staffCookie("support");
  const theirs = { cookie: person.cookie, origin: w.origin };
  const own = () => callRoute("ownCustomers.list", { headers: theirs });
  expect((await own()).status).toBe(200);
  const asked = [person.customerId, other?.id ?? "", person.customerId];
  const batch = await bulk(
    { action: "suspend", customer_ids: asked, reason: "Unpaid" },
    { cookie: staff, origin: w.origin },
  );
  expect(batch).toMatchObject({
    ...{ status: "done", total: 2, done: 2, unchanged: 0, refused: 0 },
    created_by: { kind: "staff", name: "support" },
    finished_at: expect.any(String),
  });
  expect((await own()).status).toBe(401);
  for (const id of new Set(asked)) {
    expect((await read(id)).status).toBe("suspended");
    expect((await log(id))[0]).toMatchObject({
      action: "customer.status_changed",
      actor: { kind: "staff", name: "support" },
      before: { status: "active" },
      after: { status: "suspended", reason: "Unpaid" },
    });
  }
  const events = await database.query(
    `SELECT payload->>'customer_id' AS id FROM outbox
     WHERE name = 'customer.status_changed' AND payload->>'customer_id' = ANY ($1)`,
    [asked],
  );
  expect(events).toHaveLength(2);
});

test("who is already so stays untouched, and who cannot be is refused with why", async () => {
  const [active, suspended, gone] = await Promise.all([
    w.customer(),
    w.customer({ status: "suspended" }),
    w.customer(),
  ]);
  await callRoute("customers.remove", {
    headers,
    params: { customer_id: gone.id },
  });
  const customer_ids = [active.id, suspended.id, gone.id, newId("cus")];
  const batch = await bulk({ action: "suspend", customer_ids });
  expect(batch).toMatchObject({ total: 4, done: 1, unchanged: 1, refused: 2 });
  expect(await log(suspended.id)).toHaveLength(1);
  const refused = await progress(batch.id, { result: "refused" });
  expect(refused.body.items).toHaveLength(2);
  expect(refused.body.items).toContainEqual({
    customer: { id: gone.id, name: null },
    result: "refused",
    reason: expect.stringContaining("no such customer"),
  });
  const unchanged = await progress(batch.id, { result: "unchanged" });
  expect(unchanged.body.items).toMatchObject([
    { customer: { id: suspended.id, name: suspended.name }, reason: null },
  ]);
});

test("all that a filter or a segment finds are changed, and nobody else", async () => {
  const chosen = await customers(5, ["chosen"]);
  const spared = await customers(2, ["spared"]);
  await customers(1, ["chosen"], "pending");
  const { body: segment } = await callRoute("segments.create", {
    headers,
    body: { name: "Chosen", filters: { tag: "chosen" } },
  });
  const batch = await bulk({
    action: "archive",
    segment: segment.id,
    filters: { status: "active" },
  });
  expect(batch).toMatchObject({ status: "done", total: 5, done: 5 });
  for (const { id } of chosen) expect((await read(id)).status).toBe("archived");
  for (const { id } of spared) expect((await read(id)).status).toBe("active");
  const again = await bulk({ action: "activate", filters: { tag: "chosen" } });
  expect(again).toMatchObject({ total: 6, done: 6 });
});

test("a segment counts as it was when the change was asked for", async () => {
  const [one] = await customers(1, ["then"]);
  const [two] = await customers(1, ["later"]);
  const { body: segment } = await callRoute("segments.create", {
    headers,
    body: { name: "Then", filters: { tag: "then" } },
  });
  const begun = await begin({ action: "suspend", segment: segment.id });
  await callRoute("segments.update", {
    headers,
    params: { segment_id: segment.id },
    body: { filters: { tag: "later" } },
  });
  await runJobs(database);
  expect((await progress(begun.body.id)).body).toMatchObject({ done: 1 });
  expect((await read(one?.id ?? "")).status).toBe("suspended");
  expect((await read(two?.id ?? "")).status).toBe("active");
});

test("tags are added to those that are there, and taken away", async () => {
  const [some, none, full] = await Promise.all([
    w.customer({ tags: ["a"] }),
    w.customer(),
    w.customer({ tags: Array.from({ length: 20 }, (_, i) => `t${i}`) }),
  ]);
  const customer_ids = ids([some, none, full]);
  const tagged = await bulk({ action: "tag", customer_ids, tags: ["B", "a"] });
  expect(tagged).toMatchObject({ tags: ["a", "b"], done: 2, refused: 1 });
  expect((await read(some.id)).tags).toEqual(["a", "b"]);
  expect((await read(none.id)).tags).toEqual(["a", "b"]);
  const refused = await progress(tagged.id, { result: "refused" });
  expect(refused.body.items[0].reason).toContain("more than 20 tags");
  const untagged = await bulk({ action: "untag", customer_ids, tags: ["b"] });
  expect(untagged).toMatchObject({ done: 2, unchanged: 1 });
  expect((await read(some.id)).tags).toEqual(["a"]);
});

test("a mail goes to each customer once, as plain text, and not to archived ones", async () => {
  const made = await customers(3);
  const [archived] = await customers(1, [], "archived");
  const batch = await bulk({
    action: "email",
    customer_ids: ids([...made, ...(archived ? [archived] : [])]),
    subject: "News <b>today</b>",
    text: "Dear customer,\n\n<script>alert(1)</script> & more",
  });
  expect(batch).toMatchObject({ done: 3, refused: 1 });
  const mails = () =>
    database.query<{ recipient: string; html: string; text: string }>(
      "SELECT recipient, subject, html, text FROM mails WHERE template = 'batch' ORDER BY recipient",
    );
  const sent = await mails();
  expect(sent.map(({ recipient }) => recipient)).toEqual(
    made.map(({ email }) => email).sort(),
  );
  expect(sent[0]).toMatchObject({ subject: "News <b>today</b>" });
  expect(sent[0]?.html).toContain(
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more",
  );
  expect(sent[0]?.html).not.toContain("<script>");
  expect(sent[0]?.text).toContain("<script>alert(1)</script> & more");
  expect((await log(made[0]?.id ?? ""))[0]).toMatchObject({
    action: "customer.mailed",
    after: { to: made[0]?.email },
  });
  // The job of a mail comes again when a worker dies before it says that it is done.
  const send = tasksOf(moduleJobs)["send_batch_mail"];
  const customer_id = made[0]?.id ?? "";
  const id = derivedId("eml", batch.id, customer_id);
  const before = await database.query("SELECT id, xmin FROM mails ORDER BY id");
  await send?.({ id, batch_id: batch.id, customer_id }, undefined as never);
  expect(
    await database.query("SELECT id, xmin FROM mails ORDER BY id"),
  ).toEqual(before);
});

test("of several jobs on one batch, and one that fails halfway, each customer is changed once", async () => {
  const made = await customers(120, ["raced"]);
  const begun = await begin({ action: "suspend", filters: { tag: "raced" } });
  await database.query(`
    CREATE FUNCTION fail_sometimes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF random() < 0.03 THEN RAISE EXCEPTION 'the connection was lost'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER fails BEFORE UPDATE ON batch_items FOR EACH ROW EXECUTE FUNCTION fail_sometimes()`);
  const task = tasksOf(moduleJobs)["work_on_batch"];
  const work = () =>
    task?.({ batch_id: begun.body.id }, undefined as never) as Promise<void>;
  for (let turn = 0; turn < 10; turn += 1)
    await Promise.allSettled([work(), work(), work()]);
  await database.query(
    "DROP TRIGGER fails ON batch_items; DROP FUNCTION fail_sometimes()",
  );
  await work();
  expect((await progress(begun.body.id)).body).toMatchObject({
    ...{ status: "done", total: 120, done: 120, unchanged: 0, refused: 0 },
  });
  const [row] = await database.query<{ entries: number; most: number }>(
    `SELECT sum(n)::int AS entries, max(n)::int AS most FROM (
       SELECT count(*) AS n FROM audit_log
       WHERE action = 'customer.status_changed' AND customer_id = ANY ($1) GROUP BY customer_id) e`,
    [ids(made).map(toUuid)],
  );
  expect(row).toEqual({ entries: 120, most: 1 });
});

test("a batch whose job died is taken up after a minute", async () => {
  const made = await customers(2, ["stuck"]);
  const begun = await begin({ action: "suspend", filters: { tag: "stuck" } });
  await database.query("DELETE FROM graphile_worker._private_jobs");
  await resumeBatches(w.ctx);
  await runJobs(database);
  expect((await progress(begun.body.id)).body.status).toBe("preparing");
  await database.query(
    "UPDATE batches SET worked_at = now() - interval '61 s' WHERE id = $1",
    [toUuid(begun.body.id)],
  );
  await resumeBatches(w.ctx);
  await runJobs(database);
  expect((await progress(begun.body.id)).body).toMatchObject({
    ...{ status: "done", done: made.length },
  });
});

test("what became of each is read in pages", async () => {
  const made = await customers(7, ["paged"]);
  const batch = await bulk({ action: "suspend", filters: { tag: "paged" } });
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body } = await progress(batch.id, {
      ...{ limit: 3, result: "done" },
      ...(cursor && { cursor }),
    });
    seen.push(
      ...body.items.map(
        (item: { customer: { id: string } }) => item.customer.id,
      ),
    );
    cursor = body.next_cursor;
  }
  expect(seen).toEqual(ids(made).sort());
});
