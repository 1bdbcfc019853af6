import { route } from "@/http/route";
import { prisma } from "@/platform/db";
import { tasksOf } from "@/platform/jobs";
import { supportJobs } from "@/modules/support";
import { attachmentsApi } from "@/modules/support/contract/attachments";
import { fileKind, fileName } from "@/modules/support/file-kind";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { supportFixture, type Speaker } from "./support-fixture";

const database = useDatabase();
const { held, ask, open, say, seen } = supportFixture();

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const upload = (who: Speaker, body: string | Uint8Array, name: string) =>
  callRoute("attachments.upload", {
    ...{ headers: held.headers[who], query: { name }, body },
  });
const download = (who: Speaker, attachment_id: string) =>
  ask(who, "attachments.download", { attachment_id });

test("a file goes along with a message, and is given back byte for byte, as a download that runs nothing", async () => {
  const sent = await upload("customer", png, "screen “shot”.png");
  expect(sent.body).toMatchObject({
    ...{ name: "screen “shot”.png", type: "image/png", size_bytes: png.length },
  });
  const { id } = await open({ attachment_ids: [sent.body.id] });
  const [message] = (await seen("staff", id)).messages;
  expect(message.attachments).toEqual([sent.body]);

  const response = await callRaw("staff", sent.body.id);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "content-disposition":
      "attachment; filename=\"screen _shot_.png\"; filename*=UTF-8''screen%20%E2%80%9Cshot%E2%80%9D.png",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
});

test("what a file is, its bytes say: a page with scripts is plain text, and a program is refused", async () => {
  const page = await upload("customer", "<script>alert(1)</script>", "a.html");
  expect(page.body).toMatchObject({
    ...{ name: "a.html.txt", type: "text/plain; charset=utf-8" },
  });
  const picture = await upload("customer", png, "../../run.exe");
  expect(picture.body.name).toBe("run.exe.png");
  const program = Buffer.from("MZ\x90\x00\x03\x00\x00\x00", "latin1");
  for (const body of [
    program,
    Buffer.from([0xc3, 0x28]),
    Buffer.from("a\0b"),
  ]) {
    const answer = await upload("customer", body, "a.png");
    expect([answer.status, answer.body.code]).toEqual([
      ...[415, "UNSUPPORTED_MEDIA_TYPE"],
    ]);
  }
  expect((await upload("customer", "", "a.txt")).status).toBe(400);
});

test("each kind that is taken is known by its first bytes, and names lose what is no part of them", () => {
  const kindOf = (text: string) => fileKind(Buffer.from(text, "latin1"))?.type;
  expect(
    ["\xff\xd8\xff\xe0", "GIF89a", "RIFF\0\0\0\0WEBP", "%PDF-1.7"].map(kindOf),
  ).toEqual(["image/jpeg", "image/gif", "image/webp", "application/pdf"]);
  expect(
    ["PK\x03\x04", "\x1f\x8b\x08", "RIFF\0\0\0\0WAVE"].map(kindOf),
  ).toEqual(["application/zip", "application/gzip", undefined]);
  const pdf = { type: "application/pdf", endings: ["pdf"] };
  expect(
    ["a\r\nb.pdf", "C:\\x\\c.pdf", "...", "‮fdp.pdf", "d.PDF"].map((name) =>
      fileName(name, pdf),
    ),
  ).toEqual(["ab.pdf", "c.pdf", "file.pdf", "fdp.pdf", "d.PDF"]);
});

test("a file of more than 10 MB is refused while it comes, whatever its length claims", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1_000_000;
      if (sent > 50_000_000) controller.close();
      else controller.enqueue(new Uint8Array(1_000_000).fill(97));
    },
  });
  const handler = route(attachmentsApi.upload, async () => {
    throw new Error("must not be reached");
  });
  const request = new Request("http://localhost/api/v1/attachments?name=a", {
    ...{ method: "POST", headers: held.headers.customer, body },
    duplex: "half",
  } as RequestInit);
  const answer = await handler(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(413);
  expect(sent).toBeLessThan(13_000_000);
});

test("a file is its sender's until a message has it, then of who may see the message, and of nobody else", async () => {
  const { id } = await open();
  const mine = (await upload("customer", "mine", "a.txt")).body.id;
  const note = (await upload("staff", "for us", "b.txt")).body.id;
  expect((await download("customer", mine)).status).toBe(200);
  expect((await download("staff", mine)).status).toBe(404);
  // Another's file cannot be sent, nor a file twice.
  const stolen = await say("staff", id, "x", { attachment_ids: [mine] });
  expect(stolen.status).toBe(400);
  const said = { attachment_ids: [mine] };
  expect((await say("customer", id, "x", said)).status).toBe(201);
  expect((await say("customer", id, "x", said)).status).toBe(400);
  expect((await download("staff", mine)).body).toBe("mine");
  await say("staff", id, "x", { is_internal: true, attachment_ids: [note] });
  expect((await download("staff", note)).status).toBe(200);
  expect((await download("customer", note)).status).toBe(404);
  const other = await held.w.person("owner");
  const foreign = await callRoute("attachments.download", {
    headers: { cookie: other.cookie, origin: held.w.origin },
    params: { attachment_id: mine },
  });
  expect(foreign.status).toBe(404);
});

test("a file that no message came for is forgotten after a day, and one that was sent stays", async () => {
  const lost = (await upload("customer", "lost", "a.txt")).body.id;
  const sent = (await upload("customer", "sent", "a.txt")).body.id;
  await open({ attachment_ids: [sent] });
  await database.query(
    "UPDATE attachments SET created_at = created_at - interval '25 hours'",
  );
  await tasksOf([supportJobs])["support_forget_files"]?.({}, {} as never);
  const left = await prisma().attachment.findMany({ select: { id: true } });
  const ids = left.map(({ id }) => id);
  expect([ids.includes(toUuid(lost)), ids.includes(toUuid(sent))]).toEqual([
    ...[false, true],
  ]);
});

async function callRaw(who: Speaker, attachment_id: string) {
  const { GET } =
    await import("@/app/api/v1/attachments/[attachment_id]/route");
  const url = `http://localhost/api/v1/attachments/${attachment_id}`;
  const request = new Request(url, { headers: held.headers[who] });
  return GET(request, { params: Promise.resolve({ attachment_id }) });
}
