import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let everything: Record<string, string>;
beforeAll(async () => {
  w = await world();
  everything = { authorization: `Bearer ${w.everything}` };
});

const as = (cookie: string) => ({ cookie, origin: w.origin });
const write = (
  customer_id: string,
  body: unknown,
  headers: Record<string, string> = everything,
) => callRoute("notes.create", { params: { customer_id }, body, headers });
const list = (
  customer_id: string,
  query: Record<string, string | number> = {},
) =>
  callRoute("notes.list", {
    params: { customer_id },
    query,
    headers: everything,
  });
const texts = (answer: Awaited<ReturnType<typeof list>>): string[] =>
  answer.body.items.map(({ body }: { body: string }) => body);
const on = (
  call: string,
  note: { customer_id: string; id: string },
  headers: Record<string, string>,
  body?: unknown,
) =>
  callRoute(call, {
    params: { customer_id: note.customer_id, note_id: note.id },
    headers,
    ...(body !== undefined && { body }),
  });

test("a note keeps its line breaks and its markup as they were written", async () => {
  const { id } = await w.customer();
  const body = "  First\r\n\r\n<b>second</b> & *third*\n ";
  const { status, body: note } = await write(id, { body });
  expect(status).toBe(201);
  expect(note.body).toBe("First\n\n<b>second</b> & *third*");
  expect(note).toMatchObject({ customer_id: id, is_pinned: false });
  expect((await list(id)).body.items).toEqual([note]);
});

test.each(["", "   ", "a\u0000b", "x".repeat(5_001)])(
  "the text %j is refused by name",
  async (body) => {
    const { id } = await w.customer();
    const answer = await write(id, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.details.fields[0].field).toBe("body.body");
  },
);

test("pinned notes come first, then the newest, and pages go through all of them once", async () => {
  const { id } = await w.customer();
  for (const name of ["a", "b", "c", "d", "e", "f", "g"])
    await write(id, { body: name, is_pinned: ["b", "d", "e"].includes(name) });
  const all = ["e", "d", "b", "g", "f", "c", "a"];
  expect(texts(await list(id))).toEqual(all);
  for (const limit of [1, 2, 3, 4]) {
    const read: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await list(id, { limit, ...(cursor && { cursor }) });
      read.push(...texts(page));
      cursor = page.body.next_cursor;
    }
    expect(read).toEqual(all);
  }
  expect((await list(id, { cursor: "nte_" })).status).toBe(400);
});

test("a note of one customer is not there under another, and goes with its own", async () => {
  const [mine, other] = [await w.customer(), await w.customer()];
  const { body: note } = await write(mine.id, { body: "Mine" });
  const elsewhere = { ...note, customer_id: other.id };
  const patch = { body: "Yours" };
  expect((await on("notes.update", elsewhere, everything, patch)).status).toBe(
    404,
  );
  expect((await on("notes.remove", elsewhere, everything)).status).toBe(404);
  expect(texts(await list(other.id))).toEqual([]);
  await callRoute("customers.remove", {
    params: { customer_id: mine.id },
    headers: everything,
  });
  expect(
    await database.query("SELECT 1 FROM notes WHERE body = 'Mine'"),
  ).toEqual([]);
});

test("the text is its writer's to change, or an owner's or admin's; anybody who may write may pin", async () => {
  const { id } = await w.customer();
  const [writer, colleague, admin, viewer] = await Promise.all(
    (["support", "billing", "admin", "viewer"] as const).map(async (role) =>
      as(await w.staffCookie(role)),
    ),
  );
  const { body: note } = await write(id, { body: "Calls on Mondays" }, writer);
  expect(note).toMatchObject({ author: { kind: "staff" }, may_change: true });
  const seen = async (headers: Record<string, string> = {}) =>
    (await callRoute("notes.list", { params: { customer_id: id }, headers }))
      .body.items[0];
  expect(await seen(colleague)).toMatchObject({ may_change: false });
  expect(await seen(viewer)).toMatchObject({ may_change: false });
  expect(await seen(admin)).toMatchObject({ may_change: true });

  const change = { body: "Calls on Tuesdays" };
  const refused = await on("notes.update", note, colleague ?? {}, change);
  expect(refused.status).toBe(403);
  expect(refused.body.error).toContain("support wrote this note");
  expect((await on("notes.remove", note, colleague ?? {})).status).toBe(403);
  const same = { body: note.body, is_pinned: true };
  expect(
    (await on("notes.update", note, colleague ?? {}, same)).body,
  ).toMatchObject({
    is_pinned: true,
    edited_at: null,
  });
  expect((await on("notes.update", note, viewer ?? {}, change)).status).toBe(
    403,
  );
  const changed = await on("notes.update", note, writer ?? {}, change);
  expect(changed.body).toMatchObject({
    ...change,
    author: note.author,
    edited_at: expect.any(String),
  });
  expect((await on("notes.remove", note, admin ?? {})).status).toBe(200);
  expect(texts(await list(id))).toEqual([]);
});

test("what was written, changed and deleted is in the log, with who did it", async () => {
  const { id } = await w.customer();
  const { body: note } = await write(id, { body: "One" });
  await on("notes.update", note, everything, { body: "Two" });
  await on("notes.remove", note, everything);
  const log = await callRoute("audit.customer", {
    params: { customer_id: id },
    headers: everything,
  });
  const entries = log.body.items.filter(
    ({ target }: { target: { kind: string } }) => target.kind === "note",
  );
  expect(entries).toMatchObject([
    { action: "note.deleted", before: { body: "Two" }, after: null },
    { action: "note.updated", before: { body: "One" }, after: { body: "Two" } },
    { action: "note.created", before: null, after: { body: "One" } },
  ]);
  expect(entries[0].target.id).toBe(note.id);
});

test("a member of the customer never sees them, nor do staff who look as one", async () => {
  const person = await w.person("owner");
  const { body: note } = await write(person.customerId, { body: "Private" });
  const theirs = async (headers: Record<string, string>) =>
    Promise.all(
      ["notes.list", "notes.create", "notes.update", "notes.remove"].map(
        async (call) =>
          (
            await on(
              call,
              note,
              headers,
              call.endsWith("e") ? { body: "x" } : undefined,
            )
          ).status,
      ),
    );
  expect(await theirs(as(person.cookie))).toEqual([403, 403, 403, 403]);
  const cookie = await w.staffCookie("owner");
  const started = await callRoute("viewAs.start", {
    params: { customer_id: person.customerId },
    headers: as(cookie),
    body: { reason: "A test" },
  });
  expect(started.status).toBe(200);
  expect(await theirs(as(cookie))).toEqual([403, 403, 403, 403]);
  expect(texts(await list(person.customerId))).toEqual(["Private"]);
});
