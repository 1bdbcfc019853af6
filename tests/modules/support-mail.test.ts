import { replyAddress } from "@/modules/support/service/reply-address";
import { ownWords } from "@/modules/support/own-words";
import { signedHeaders } from "@/platform/signed-body";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { agent } from "../support/support";
import { supportFixture } from "./support-fixture";

const secret = "d2VsbC1rZXB0LWtleS1vZi1pbmJvdW5kLW1haWxzLW9mLXRlc3Rz";
process.env["SUPPORT_INBOUND_ADDRESS"] = "reply@in.example.com";
process.env["SUPPORT_INBOUND_SECRET"] = `whsec_${secret}`;

const database = useDatabase();
const { held, open, on, say, seen } = supportFixture();

let email: string;
beforeEach(async () => {
  email = await emailOf(held.customer_id);
});

async function emailOf(customer_id: string): Promise<string> {
  const [row] = await database.query<{ email: string }>(
    "SELECT email FROM users JOIN memberships m ON m.user_id = users.id WHERE m.customer_id = $1",
    [toUuid(customer_id)],
  );
  return row?.email ?? "";
}

let mails = 0;
const mail = (more: object = {}) => ({
  ...{ message_id: `<${(mails += 1)}@example.com>`, text: "By mail." },
  ...more,
});

function send(body: object, at = new Date()) {
  const raw = JSON.stringify(body);
  const key = Buffer.from(secret, "base64");
  const headers = signedHeaders(key, { id: "msg_1", raw, at });
  return callRoute("inboundMail.receive", {
    ...{ headers: Object.fromEntries(headers), body: raw },
  });
}

const to = (ticket: { id: string }, of = email) =>
  replyAddress(ticket.id, of) ?? "";

test("an answer to a mail comes into the ticket as its sender's, without what it quotes, and opens it again", async () => {
  const ticket = await open();
  await on("staff", "close", ticket.id);
  const text =
    "It **still** stops.\r\n\r\nOn Mon, 2 Nov 2026 at 10:00, Acme wrote:\r\n> Try again\r\n";
  const sent = { ...mail({ text }), from: `Ada <${email.toUpperCase()}>` };
  const answer = await send({ ...sent, to: [to(ticket)] });
  expect(answer.body).toMatchObject({ status: "added", reason: null });
  const after = await seen("staff", ticket.id);
  expect(after.status).toBe("open");
  expect(after.messages[1]).toMatchObject({
    ...{ body: "It **still** stops.", source: "mail" },
    author: { kind: "customer", name: "owner" },
  });
  // A provider that hears nothing sends it again.
  expect((await send({ ...sent, to: [to(ticket)] })).body.status).toBe(
    "ignored",
  );
  expect((await seen("staff", ticket.id)).messages).toHaveLength(2);
});

test("nobody can post into a ticket by another's address, a forged one, or for another ticket", async () => {
  const [mine, other] = [await open(), await open()];
  const stranger = "eve@example.com";
  const own = to(mine);
  const letter = own[own.length - "@in.example.com".length - 1];
  const forged = own.replace(`${letter}@`, `${letter === "0" ? "1" : "0"}@`);
  const [, mac = ""] = own.split(/[.@]/);
  const moved = to(other).replace(/\.[0-9a-f]{20}@/, `.${mac}@`);
  for (const [from, address] of [
    [stranger, own],
    [email, forged],
    [email, moved],
    [stranger, to(mine, stranger)],
    [email, "reply@in.example.com"],
  ]) {
    const { body } = await send({ ...mail(), from, to: address });
    expect([from, address, body.status]).toEqual([from, address, "ignored"]);
  }
  expect((await seen("staff", mine.id)).messages).toHaveLength(1);
  expect((await seen("staff", other.id)).messages).toHaveLength(1);
});

test("who has left the customer, or whose customer is suspended, cannot answer any more", async () => {
  const ticket = await open();
  const sent = () => send({ ...mail(), from: email, to: to(ticket) });
  await callRoute("customers.setStatus", {
    headers: held.headers.service,
    params: { customer_id: held.customer_id },
    body: { status: "suspended" },
  });
  expect((await sent()).body.status).toBe("ignored");
  await database.query(
    "DELETE FROM memberships WHERE user_id = (SELECT id FROM users WHERE email = $1)",
    [email],
  );
  expect((await sent()).body.reason).toMatch(/may not answer/);
});

test("an answer of the team by mail is ours, and what a program sends is no answer", async () => {
  const ticket = await open();
  const id = await agent(held.w.ctx);
  const [row] = await database.query<{ email: string }>(
    "SELECT email FROM users WHERE full_name = 'Ada Agent' ORDER BY created_at DESC LIMIT 1",
  );
  const from = row?.email ?? "";
  const robot = mail({ is_automatic: true, text: "I am away." });
  const away = await send({ ...robot, from, to: to(ticket, from) });
  expect(away.body.status).toBe("ignored");
  await send({ ...mail(), from, to: to(ticket, from) });
  const { messages, status } = await seen("staff", ticket.id);
  expect(messages[1].author).toEqual({ kind: "staff", id, name: "Ada Agent" });
  expect(status).toBe("pending");
});

test("files come along in base64, known by their bytes, and one of up to 10 MB fits", async () => {
  const ticket = await open();
  const large = Buffer.alloc(10_000_000, "log line\n");
  const files = [
    { name: "app.log", content: large.toString("base64") },
    { name: "run.exe", content: Buffer.from("MZ\0\x01").toString("base64") },
  ];
  const sent = { ...mail({ files }), from: email, to: to(ticket) };
  const { body } = await send(sent);
  expect(body).toMatchObject({ status: "added", left_out: ["run.exe"] });
  const { messages } = await seen("customer", ticket.id);
  expect(messages[1]).toMatchObject({
    id: body.message_id,
    body: "By mail.\n\n*Not taken from the mail: run.exe*",
    attachments: [{ name: "app.log", size_bytes: 10_000_000 }],
  });
  const wrong = [{ name: "a.txt", content: "no base64!" }];
  const refused = await send({
    ...mail({ files: wrong }),
    from: email,
    to: "",
  });
  expect([refused.status, refused.body.error]).toEqual([
    ...[400, expect.stringMatching(/body\.files\.0\.content/)],
  ]);
});

test("an answer to a merged ticket goes where its messages are", async () => {
  const [from, into] = [await open(), await open()];
  await on("staff", "merge", from.id, { into_id: into.id });
  await send({ ...mail(), from: email, to: to(from) });
  const { messages } = await seen("customer", into.id);
  expect(messages.at(-1)).toMatchObject({ body: "By mail.", source: "mail" });
});

test("what is not signed by our secret, or is old, or is no mail, is refused", async () => {
  const ticket = await open();
  const body = { ...mail(), from: email, to: to(ticket) };
  const unsigned = await callRoute("inboundMail.receive", {
    body: JSON.stringify(body),
  });
  expect([unsigned.status, unsigned.body.code]).toEqual([
    ...[400, "VALIDATION_FAILED"],
  ]);
  const old = new Date(Date.now() - 6 * 60_000);
  expect((await send(body, old)).status).toBe(400);
  expect((await send({ from: email })).status).toBe(400);
  expect((await seen("staff", ticket.id)).messages).toHaveLength(1);
});

test("mails about an answer say where theirs goes, for each reader their own address", async () => {
  const ticket = await open();
  await say("staff", ticket.id, "Try this.");
  await database.query(
    "DELETE FROM graphile_worker._private_jobs WHERE payload->>'event' IS NOT NULL",
  );
  await say("staff", ticket.id, "And this.");
  await deliverEvents();
  const jobs = await database.query<{ payload: { reply_to: string } }>(
    "SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'event' = 'ticket.answered'",
  );
  expect(jobs.map(({ payload }) => payload.reply_to)).toContain(to(ticket));
  await runJobs(database);
  const [sent] = await database.query<{ text: string }>(
    "SELECT text FROM mails WHERE recipient = $1 ORDER BY id DESC LIMIT 1",
    [email],
  );
  expect(sent?.text).toContain("Answer this mail");
});

/** Run what delivers events, and leave the mails that follow in the queue. */
async function deliverEvents(): Promise<void> {
  const { tasksOf } = await import("@/platform/jobs");
  const { moduleJobs } = await import("@/jobs");
  const waiting = await database.query<{ id: string; payload: object }>(
    `SELECT j.id, j.payload FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'deliver_event' ORDER BY j.id`,
  );
  for (const { id, payload } of waiting) {
    await tasksOf(moduleJobs)["deliver_event"]?.(payload, {} as never);
    await database.query(
      "DELETE FROM graphile_worker._private_jobs WHERE id = $1",
      [id],
    );
  }
}

test.each([
  ["Hello\n\n> quoted\n> more\n", "Hello"],
  ["> q\nanswer between\n> q2", "> q\nanswer between"],
  [
    "Hi\n\nOn Mon, Nov 2, 2026 at 10:00 AM\nAcme <a@b.example> wrote:\n> x",
    "Hi",
  ],
  ["Hi\n-----Original Message-----\nFrom: a@b.example", "Hi"],
  ["Hallo\n\nAm 02.11.2026 um 10:00 schrieb Acme <a@b.example>:\n> x", "Hallo"],
  ["Thanks\n-- \nAda\nAcme Ltd", "Thanks"],
  [
    "On the whole it works. From what I see, yes.",
    "On the whole it works. From what I see, yes.",
  ],
  ["> only quoted", null],
  ["", null],
])("of %j its own words are %j", (text, own) => {
  expect(ownWords(text)).toBe(own);
});
