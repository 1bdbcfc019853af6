import { parseEnv } from "@/platform/env";
import { systemCtx } from "@/platform/jobs";
import { deliver } from "@/platform/mail/deliver";
import { assertAddress, headerLine } from "@/platform/mail/mail";
import { sendBySmtp } from "@/platform/mail/smtp";
import { newId } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { startMailServer, type MailServer } from "../support/mail-server";

useDatabase();
let server: MailServer;

// The settings of a process are read once, so they are there before the first read.
beforeAll(async () => {
  server = await startMailServer();
  const MAIL_FROM = "no-reply@tolls.example";
  Object.assign(process.env, { SMTP_URL: server.url, MAIL_FROM });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.length = 0;
});

test("a name or subject with line breaks adds no header and no reader", async () => {
  const name = 'Ada"\r\nBcc: other@example.com\r\n\r\nHello';
  await sendBySmtp({ ...draft(), from: name, subject: name });
  expect(server.received).toHaveLength(1);
  const [injected] = server.received;
  expect(injected?.to).toEqual(["to@example.com"]);
  expect(injected?.raw).not.toMatch(/^bcc:/im);
  expect(injected?.mail.subject).toBe('Ada" Bcc: other@example.com Hello');
  expect(injected?.mail.text?.trim()).toBe("Hello");
});

test.each([
  "a@example.com\r\nRCPT TO:<b@example.com>",
  "a@example.com, b@example.com",
  "Ada <a@example.com>",
  "a@example.com\0",
  "",
])("an address that is not one address is refused: %j", async (to) => {
  await expect(sendBySmtp({ ...draft(), to })).rejects.toThrow(
    /not one mail address/,
  );
  expect(server.received).toEqual([]);
});

test("a mail that is sent again after a crash has the same Message-ID", async () => {
  const mail = draft();
  await deliver(systemCtx("test"), mail);
  await deliver(systemCtx("test"), mail);
  const ids = server.received.map(({ mail: { messageId } }) => messageId);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("a header's text is one line, cut where it is too long", () => {
  expect(headerLine(" a\r\n\tb\u0000c\u2028d ")).toBe("a b c d");
  expect(headerLine("x".repeat(200))).toHaveLength(150);
  expect(() => assertAddress("ada@example.com")).not.toThrow();
});

test("a mail server without a sender's address stops the boot", () => {
  const settings = {
    DATABASE_URL: "postgresql://localhost/x",
    APP_SECRET: "k".repeat(16) + "v".repeat(16),
    SMTP_URL: "smtp://localhost",
  };
  expect(() => parseEnv(settings)).toThrow(/MAIL_FROM/);
  const wrong = { ...settings, MAIL_FROM: "Acme <a@example.com>" };
  expect(() => parseEnv(wrong)).toThrow(/MAIL_FROM/);
  const right = { ...settings, MAIL_FROM: "a@example.com" };
  expect(() => parseEnv(right)).not.toThrow();
});

function draft() {
  const words = { subject: "Hello", html: "<p>Hello</p>", text: "Hello" };
  const id = newId("eml");
  return {
    id,
    template: "verify",
    from: "Acme",
    to: "to@example.com",
    ...words,
  };
}
