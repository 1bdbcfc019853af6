import { once } from "node:events";
import { connect } from "node:net";
import { createTransport, type SendMailOptions } from "nodemailer";
import { startMailReceiver, type MailReceiver } from "@/modules/support";
import { replyAddress } from "@/modules/support/service/reply-address";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { supportFixture } from "./support-fixture";

Object.assign(process.env, {
  SUPPORT_INBOUND_ADDRESS: "reply@in.example.com",
  SUPPORT_SMTP_PORT: "0",
});

const database = useDatabase();
const { held, ask, open, seen } = supportFixture();

let receiver: MailReceiver;
let email: string;
beforeAll(async () => {
  const started = await startMailReceiver();
  if (!started) throw new Error("It did not start");
  receiver = started;
});
afterAll(() => receiver.stop());
beforeEach(async () => {
  const [row] = await database.query<{ email: string }>(
    "SELECT email FROM users JOIN memberships m ON m.user_id = users.id WHERE m.customer_id = $1",
    [toUuid(held.customer_id)],
  );
  email = row?.email ?? "";
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What the server says at last to a real client's mail: its code and words. */
async function send(mail: SendMailOptions): Promise<string> {
  const transport = createTransport({
    ...{ host: "127.0.0.1", port: receiver.port, ignoreTLS: true },
  });
  try {
    const { response } = await transport.sendMail({ from: email, ...mail });
    return response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    transport.close();
  }
}

const to = (ticket: { id: string }, of = email) =>
  replyAddress(ticket.id, of) ?? "";

const last = async (ticket: { id: string }) =>
  (await seen("staff", ticket.id)).messages.at(-1);

/** Commands as they are typed, and the codes that come back. */
async function type(...commands: string[]): Promise<string[]> {
  const socket = connect(receiver.port, "127.0.0.1");
  const answers: string[] = [];
  for (const command of ["", ...commands]) {
    if (command) socket.write(`${command}\r\n`);
    const [said] = (await once(socket, "data")) as [Buffer];
    answers.push(String(said).slice(0, 3));
  }
  socket.destroy();
  return answers;
}

test("an answer by mail comes into the ticket with its files and inline images, without what it quotes", async () => {
  const ticket = await open();
  const said = await send({
    from: { name: "Ada", address: email.toUpperCase() },
    to: [
      to(ticket),
      { name: "Somebody", address: to(ticket, "b@example.com") },
    ],
    text: "It **still** stops: €\n\nOn Mon, 2 Nov 2026 at 10:00, Acme wrote:\n> Try again\n",
    html: 'It <b>still</b> stops <img src="cid:shot@example.com">',
    attachments: [
      { filename: "träce.log", content: "line 1\nline 2\n" },
      { filename: "shot.png", content: png, cid: "shot@example.com" },
    ],
  });
  expect(said).toMatch(/^250 /);
  const message = await last(ticket);
  expect(message).toMatchObject({
    ...{ body: "It **still** stops: €", source: "mail" },
    author: { kind: "customer", name: "owner" },
    attachments: [
      { name: "shot.png", type: "image/png", size_bytes: png.length },
      { name: "träce.log", type: "text/plain; charset=utf-8", size_bytes: 14 },
    ],
  });
  const params = { attachment_id: message.attachments[1].id };
  const file = await ask("customer", "attachments.download", params);
  expect([file.status, file.body]).toEqual([200, "line 1\nline 2\n"]);
});

test("what is no reply address of ours is refused as it is named, before the mail comes", async () => {
  const ticket = await open();
  const address = to(ticket);
  const of = (name: string) => `RCPT TO:<${name}>`;
  const answers = await type(
    "EHLO there",
    `MAIL FROM:<${email}>`,
    of("someone@elsewhere.example.org"),
    of("reply@in.example.com"),
    of("reply+short.abc@in.example.com"),
    of(address.replace("in.example.com", "in.example.org")),
    of(address.replace("reply+", "root+")),
    "DATA",
    of(address.toUpperCase().replace("REPLY", "Reply")),
    "VRFY reply",
    "AUTH PLAIN AGEAYg==",
  );
  expect(answers).toEqual([
    ...["220", "250", "250"],
    ...["550", "550", "550", "550", "550"],
    ...["503", "250", "252", "500"],
  ]);
});

test("a forged address, another's, and that of who has left take nothing, and their sender is told why", async () => {
  const ticket = await open();
  const forged = to(ticket).replace(/\.\w{20}@/, `.${"0".repeat(20)}@`);
  expect(await send({ to: forged, text: "Hi" })).toMatch(
    /^550 5\.7\.1 It was not sent to an address of its sender's/,
  );
  const other = { from: "eve@example.com", to: to(ticket), text: "Hi" };
  expect(await send(other)).toMatch(/^550 5\.7\.1/);
  await database.query("DELETE FROM memberships");
  expect(await send({ to: to(ticket), text: "Hi" })).toMatch(
    /^550 5\.7\.1 Its sender may not answer/,
  );
  expect((await seen("staff", ticket.id)).messages).toHaveLength(1);
});

test("what a program sends is taken from it and dropped, so that nothing answers it", async () => {
  const ticket = await open();
  const automatic: SendMailOptions[] = [
    { headers: { "auto-submitted": "auto-replied" } },
    { headers: { "auto-submitted": "auto-generated (rejected)" } },
    { headers: { precedence: "bulk" } },
    { headers: { "list-id": "<all.example.com>" } },
    { headers: { "x-autoreply": "yes" } },
    { envelope: { from: "", to: to(ticket) } },
  ];
  for (const one of automatic)
    expect(await send({ to: to(ticket), text: "I am away.", ...one })).toMatch(
      /^250 /,
    );
  const person = { "auto-submitted": "no" };
  expect(
    await send({ to: to(ticket), text: "I am here.", headers: person }),
  ).toMatch(/^250 /);
  const { messages } = await seen("staff", ticket.id);
  expect(messages.map(({ body }: { body: string }) => body)).toEqual([
    ...["Since noon.", "I am here."],
  ]);
});

test("a mail that is sent again is taken once, and the sender hears the same", async () => {
  const ticket = await open();
  const mail = { to: to(ticket), text: "Once", messageId: "<1@example.com>" };
  expect(await send(mail)).toMatch(/^250 /);
  expect(await send(mail)).toMatch(/^250 /);
  expect((await seen("staff", ticket.id)).messages).toHaveLength(2);
});

test("files are known by their bytes: a program is left out by name, and a mail of files alone is one", async () => {
  const ticket = await open();
  await send({
    to: to(ticket),
    text: "See this",
    attachments: [
      { filename: "set*up*.exe", content: Buffer.from("MZ\x00\x01\xff\x00") },
      { filename: "fake.png", content: "<script>alert(1)</script>" },
    ],
  });
  expect(await last(ticket)).toMatchObject({
    body: "See this\n\n*Not taken from the mail: set_up_.exe*",
    attachments: [{ name: "fake.png.txt", type: "text/plain; charset=utf-8" }],
  });
  const pictures = Array.from({ length: 11 }, (_, i) => ({
    ...{ filename: `${i}.png`, content: png },
  }));
  await send({ to: to(ticket), text: "", attachments: pictures });
  const message = await last(ticket);
  expect(message.attachments).toHaveLength(10);
  expect(message.body).toMatch(/^0\.png, .*9\.png\n\n\*Not .*: 10\.png\*$/);
});

test("a mail that has only HTML is read as text, without its quote", async () => {
  const ticket = await open();
  await send({
    to: to(ticket),
    html: "<style>p{}</style><p>It works &amp; is <a href='https://x.example'>fast</a>.</p><script>no()</script><blockquote>old words</blockquote>",
  });
  expect((await last(ticket)).body).toBe("It works & is fast.");
});

test("a mail of more than 15 MB is refused, as announced and as it comes", async () => {
  const ticket = await open();
  const announced = await type(
    "EHLO there",
    `MAIL FROM:<${email}> SIZE=15000001`,
  );
  expect(announced[2]).toBe("552");
  const socket = connect(receiver.port, "127.0.0.1");
  const said: string[] = [];
  socket.on("data", (piece) => said.push(String(piece)));
  const until = async (code: string) => {
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      if (said.join("").includes(`${code} `)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${code} did not come: ${said.join("")}`);
  };
  await until("220");
  socket.write(
    `HELO there\r\nMAIL FROM:<${email}>\r\nRCPT TO:<${to(ticket)}>\r\nDATA\r\n`,
  );
  await until("354");
  const line = `${"x".repeat(998)}\r\n`.repeat(1_000);
  for (let i = 0; i < 16; i += 1)
    if (!socket.write(line))
      await new Promise((resolve) => socket.once("drain", resolve));
  socket.write("\r\n.\r\n");
  await until("552");
  socket.destroy();
  expect((await seen("staff", ticket.id)).messages).toHaveLength(1);
});

test("two programs that answer each other stop: after 30 mails within an hour the rest must wait", async () => {
  const ticket = await open();
  const said = [];
  for (let i = 0; i < 32; i += 1)
    said.push(await send({ to: to(ticket), text: `Answer ${i}` }));
  expect(said.map((words) => words.slice(0, 3))).toEqual([
    ...Array(30).fill("250"),
    ...["451", "451"],
  ]);
});
