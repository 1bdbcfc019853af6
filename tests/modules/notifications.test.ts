import { transaction } from "@/platform/db/transaction";
import { emit, type DomainEvent } from "@/platform/outbox";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { notificationsJobs } from "@/modules/notifications/jobs";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";

const database = useDatabase();

type Person = {
  id: string;
  headers: Record<string, string>;
  customerId: string;
};

let w: World;
beforeAll(async () => {
  w = await world();
});

const tell = (event: DomainEvent) =>
  transaction(w.ctx, (tx) => emit(tx, event)).then(() => runJobs(database));

async function signedIn(cookie: Promise<string>): Promise<Person> {
  const headers = { cookie: await cookie, origin: w.origin };
  const [row] = await database.query<{ user_id: string; customer_id: string }>(
    "SELECT user_id, customer_id FROM sessions ORDER BY id DESC LIMIT 1",
  );
  const { user_id = "", customer_id } = row ?? {};
  return {
    id: fromUuid("usr", user_id),
    customerId: customer_id ? fromUuid("cus", customer_id) : "",
    headers,
  };
}
const staff = () => signedIn(w.staffCookie("viewer"));
const owner = () => signedIn(w.staffCookie("owner"));
const member = () => signedIn(w.customerCookie());

const inbox = async ({ headers }: Person, query = {}) =>
  (await callRoute("notifications.list", { headers, query })).body;
const titles = async (person: Person) =>
  (await inbox(person)).items.map(({ title }: { title: string }) => title);
const read = ({ headers }: Person, notification_id: string) =>
  callRoute("notifications.read", { headers, params: { notification_id } });
const choose = ({ headers }: Person, ...items: object[]) =>
  callRoute("notifications.setPreferences", { headers, body: { items } });
const mailsTo = async ({ id }: Person) => {
  const rows = await database.query<{ subject: string }>(
    `SELECT subject FROM mails JOIN users ON email = recipient
     WHERE users.id = $1 ORDER BY mails.id`,
    [toUuid(id)],
  );
  return rows.map(({ subject }) => subject);
};
const changed = (person: Person): DomainEvent => ({
  name: "password.changed",
  payload: { user_id: person.id },
});

test("what happens to one's account is in one's own inbox and mail, and in nobody else's", async () => {
  for (const [person, other] of [
    [await staff(), await staff()],
    [await member(), await member()],
  ] as const) {
    await tell(changed(person));
    expect(await titles(person)).toEqual(["Your password was changed"]);
    expect(await mailsTo(person)).toEqual(["Your password was changed"]);
    expect(await titles(other)).toEqual([]);
    expect(await mailsTo(other)).toEqual([]);
  }
});

test("the owners of a customer are told when it is suspended and when it is active again, by either way to do it, and not of the reason", async () => {
  const person = await member();
  const headers = { authorization: `Bearer ${w.everything}` };
  const params = { customer_id: person.customerId };
  const send = async (call: string, body: object) => {
    const { status } = await callRoute(call, { headers, params, body });
    expect(status).toBe(200);
    await runJobs(database);
  };
  const reason = "They sent spam";
  await send("customers.setStatus", { status: "suspended", reason });
  await send("customers.setStatus", { status: "suspended", reason });
  await send("customers.update", { is_active: true });
  await send("customers.update", { phone: "1" });
  await send("customers.setStatus", { status: "pending" });
  expect(await mailsTo(person)).toEqual([
    "The account of Test Customer is suspended",
    "The account of Test Customer is active again",
  ]);
  expect(await titles(person)).toEqual((await mailsTo(person)).reverse());
  const mails = await database.query("SELECT text, html FROM mails");
  expect(JSON.stringify(mails)).not.toContain("spam");
});

test("another's notification answers as one that is not there, and stays unread", async () => {
  const [person, other] = [await staff(), await staff()];
  await tell(changed(person));
  const [{ id }] = (await inbox(person)).items;
  const foreign = await read(other, id);
  const absent = await read(other, newId("ntf"));
  expect(foreign.status).toBe(404);
  expect({ ...foreign.body, request_id: "" }).toEqual({
    ...absent.body,
    request_id: "",
  });
  await callRoute("notifications.readAll", { headers: other.headers });
  expect((await inbox(person)).unread).toBe(1);
});

test("reading one, and all, takes them from the count, twice as well as once", async () => {
  const person = await member();
  for (let i = 0; i < 3; i += 1) await tell(changed(person));
  const { items, unread } = await inbox(person);
  expect(unread).toBe(3);
  const { body } = await read(person, items[1].id);
  expect(body.read_at).not.toBeNull();
  expect((await read(person, items[1].id)).body).toEqual(body);
  const left = await inbox(person, { unread: true });
  expect(left.unread).toBe(2);
  expect(left.items.map(({ id }: { id: string }) => id)).toEqual([
    items[0].id,
    items[2].id,
  ]);
  const all = () =>
    callRoute("notifications.readAll", { headers: person.headers });
  expect((await all()).body).toEqual({ read: 2 });
  expect((await all()).body).toEqual({ read: 0 });
  expect((await inbox(person)).unread).toBe(0);
});

test("pages follow each other without a gap, newest first", async () => {
  const person = await staff();
  for (let i = 0; i < 5; i += 1) await tell(changed(person));
  const whole = await inbox(person);
  const found: unknown[] = [];
  let query: Record<string, string | number> = { limit: 2 };
  for (;;) {
    const page = await inbox(person, query);
    found.push(...page.items);
    if (page.next_cursor === null) break;
    query = { limit: 2, cursor: page.next_cursor };
  }
  expect(found).toEqual(whole.items);
  const times = whole.items.map(({ id }: { id: string }) => id);
  expect(times).toEqual([...times].sort().reverse());
  expect(times).toHaveLength(5);
});

test("an event that is delivered twice is told once", async () => {
  const person = await staff();
  const event = { id: newId("req") };
  const listener = notificationsJobs.listeners?.find(
    ({ on }) => on === "password.changed",
  );
  const payload = { user_id: person.id };
  for (let i = 0; i < 2; i += 1) {
    await transaction(w.ctx, async (tx) => listener?.run(tx, payload, event));
    await runJobs(database);
  }
  expect(await titles(person)).toHaveLength(1);
  expect(await mailsTo(person)).toHaveLength(1);
});

test("a sign-in is told of when its device is new, and says which", async () => {
  const person = await member();
  const payload = {
    user_id: person.id,
    session_id: newId("ses"),
    ip: "192.0.2.9",
    user_agent: "Mozilla/5.0 (iPhone) Version/18.0 Mobile Safari/604.1 <b>",
  };
  await tell({
    name: "session.opened",
    payload: { ...payload, is_new_device: false },
  });
  expect((await inbox(person)).items).toEqual([]);
  await tell({
    name: "session.opened",
    payload: { ...payload, is_new_device: true },
  });
  const [item] = (await inbox(person)).items;
  expect(item.body).toContain("Safari on iOS, 192.0.2.9");
  expect(item.body).not.toContain("<b>");
});

test("a choice holds from then on, and mails of danger cannot be chosen away", async () => {
  const person = await owner();
  const other = await staff();
  const joined = () =>
    tell({ name: "staff.joined", payload: { user_id: other.id } });
  await joined();
  expect(await titles(person)).toHaveLength(1);
  expect(await mailsTo(person)).toEqual([]);
  const both = { event: "staff.joined", in_app: false, mail: true };
  expect((await choose(person, both)).status).toBe(200);
  await joined();
  expect(await titles(person)).toHaveLength(1);
  expect(await mailsTo(person)).toEqual(["viewer joined the team"]);
  const quiet = { event: "password.changed", in_app: false, mail: false };
  const refused = await choose(person, both, quiet);
  expect(refused.status).toBe(400);
  expect(refused.body.details.fields[0].field).toBe("body.items.1.mail");
  await choose(person, { ...quiet, mail: true });
  await tell(changed(person));
  expect(await titles(person)).toHaveLength(1);
  expect(await mailsTo(person)).toContain("Your password was changed");
});

test("each sees the events that concern them, and may choose among those only", async () => {
  const eventsOf = async ({ headers }: Person) => {
    const { body } = await callRoute("notifications.preferences", { headers });
    return body.items.map(({ event }: { event: string }) => event);
  };
  const [person, customer] = [await staff(), await member()];
  expect(await eventsOf(person)).toContain("view_as.started");
  expect(await eventsOf(customer)).not.toContain("view_as.started");
  const foreign = { event: "staff.joined", in_app: true, mail: true };
  expect((await choose(customer, foreign)).status).toBe(400);
  const twice = { event: "member.joined", in_app: true, mail: true };
  expect((await choose(customer, twice, twice)).status).toBe(400);
  const { body } = await callRoute("audit.list", {
    headers: (await owner()).headers,
    query: { action: "notification_preferences.changed" },
  });
  expect(body.items.length).toBeGreaterThan(0);
});

test("the owners of a customer are told who joins and leaves, in that customer's portal only", async () => {
  const [person, newcomer, stranger] = [
    await member(),
    await member(),
    await member(),
  ];
  const payload = { user_id: newcomer.id, customer_id: person.customerId };
  await tell({ name: "member.joined", payload });
  await tell({ name: "member.removed", payload });
  expect(await titles(person)).toEqual([
    "owner was removed from Test Customer",
    "owner joined Test Customer",
  ]);
  expect(await titles(newcomer)).toEqual([]);
  expect(await titles(stranger)).toEqual([]);
  await database.query(
    "INSERT INTO memberships (user_id, customer_id, role) VALUES ($1, $2, 'owner')",
    [toUuid(person.id), toUuid(stranger.customerId)],
  );
  await database.query(
    "UPDATE sessions SET customer_id = $2 WHERE user_id = $1",
    [toUuid(person.id), toUuid(stranger.customerId)],
  );
  expect(await titles(person)).toEqual([]);
});

test("staff who view as a customer see what it was told, unread, and not what is anybody's own", async () => {
  const [theirs, newcomer, viewer] = [
    await member(),
    await member(),
    await owner(),
  ];
  await tell(changed(theirs));
  await tell(changed(viewer));
  const payload = { user_id: newcomer.id, customer_id: theirs.customerId };
  await tell({ name: "member.joined", payload });
  const viewing = (customer_id: string) =>
    callRoute("viewAs.start", {
      headers: viewer.headers,
      params: { customer_id },
      body: { reason: "Ticket 7" },
    });
  expect((await viewing(theirs.customerId)).status).toBe(200);
  const seen = await inbox(viewer);
  expect(seen.unread).toBe(1);
  expect(seen.items).toMatchObject([
    { title: "owner joined Test Customer", read_at: null },
  ]);
  const refused = await Promise.all([
    read(viewer, seen.items[0].id),
    callRoute("notifications.readAll", { headers: viewer.headers }),
    callRoute("notifications.preferences", { headers: viewer.headers }),
    choose(viewer, { event: "member.joined", in_app: true, mail: true }),
  ]);
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect((await inbox(theirs)).unread).toBe(2);

  await callRoute("viewAs.stop", { headers: viewer.headers });
  expect((await titles(viewer))[0]).toContain("Your password was changed");
  const { id } = await w.customer();
  expect((await viewing(id)).status).toBe(200);
  expect(await inbox(viewer)).toMatchObject({ items: [], unread: 0 });
});

test("a program has no inbox", async () => {
  const headers = { authorization: `Bearer ${w.everything}` };
  expect((await callRoute("notifications.list", { headers })).status).toBe(403);
});
