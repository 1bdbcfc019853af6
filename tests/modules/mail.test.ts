import { notificationsJobs } from "@/modules/notifications/jobs";
import { useAccountLink } from "@/modules/identity";
import { updateSettings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { systemCtx } from "@/platform/jobs";
import { emit, type DomainEvent } from "@/platform/outbox";
import { newId, toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { startMailServer, type MailServer } from "../support/mail-server";
import { world } from "../support/world";

const database = useDatabase();
const from = "no-reply@tolls.example";
let server: MailServer;
let ctx: Ctx;

// The settings of a process are read once, so they are there before the first read.
beforeAll(async () => {
  server = await startMailServer();
  Object.assign(process.env, { SMTP_URL: server.url, MAIL_FROM: from });
  ctx = systemCtx("test");
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.length = 0;
  server.attempts = 0;
});

const tell = (event: DomainEvent) =>
  transaction(ctx, (tx) => emit(tx, event)).then(() => runJobs(database));

async function person(more: { name?: string; language?: string } = {}) {
  const id = newId("usr");
  const email = `${toUuid(id)}@example.com`;
  await database.query(
    "INSERT INTO users (id, email, full_name, language, updated_at) VALUES ($1, $2, $3, $4, now())",
    [toUuid(id), email, more.name ?? "Ada", more.language ?? "en"],
  );
  return { id, email };
}

const only = () => {
  expect(server.received).toHaveLength(1);
  const [received] = server.received;
  if (!received) throw new Error("No mail came");
  return received;
};

test("a person who registers gets a mail whose link shows once that the address is theirs", async () => {
  const { id, email } = await person();
  await tell({ name: "user.registered", payload: { user_id: id } });
  const { mail, to } = only();
  expect(to).toEqual([email]);
  expect(mail.from).toMatchObject({ name: "Tollkeeper", address: from });
  expect(mail.subject).toBe("Confirm your email address");
  const [link, token = ""] =
    /http:\/\/localhost:3000\/verify\?token=(vl_\w{38})/.exec(
      mail.text ?? "",
    ) ?? [];
  expect(mail.html).toContain(`href="${link}"`);
  const use = () =>
    transaction(ctx, (tx) =>
      useAccountLink(tx, { token, purpose: "verify_email" }),
    );
  const wrongEnd = await transaction(ctx, (tx) =>
    useAccountLink(tx, { token, purpose: "reset_password" }),
  );
  expect(wrongEnd).toBeNull();
  const uses = await Promise.all([use(), use(), use(), use()]);
  expect(uses.filter(Boolean)).toEqual([{ userId: id }]);
  expect(await use()).toBeNull();
});

test("the link is in no row of the database", async () => {
  const { id } = await person();
  await tell({ name: "user.registered", payload: { user_id: id } });
  const [, secret = ""] =
    /token=vl_(\w{32})/.exec(only().mail.text ?? "") ?? [];
  expect(secret).toHaveLength(32);
  const tables = await database.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker')",
  );
  for (const { name } of tables) {
    const rows = await database.query(
      `SELECT 1 FROM ${name} t WHERE t::text LIKE '%' || $1 || '%'`,
      [secret],
    );
    expect([name, rows]).toEqual([name, []]);
  }
});

test("a forgotten password is answered by mail only where somebody has that address", async () => {
  const { email } = await person();
  await tell({ name: "password.reset_requested", payload: { email } });
  expect(only().mail.text).toMatch(/\/reset-password\?token=rp_\w{38}/);
  const nobody = { email: "nobody@example.com" };
  await tell({ name: "password.reset_requested", payload: nobody });
  await database.query(
    "UPDATE users SET disabled_at = now() WHERE email = $1",
    [email],
  );
  await tell({ name: "password.reset_requested", payload: { email } });
  expect(server.received).toHaveLength(1);
});

test("an invitation names who invites, where to and as what", async () => {
  const w = await world();
  const customer = await w.customer({ company_name: "Acme\r\nBcc: x@y.z" });
  const inviter = await person({ name: "Grace https://evil.example/x" });
  const invite = async (place: string, values: unknown[]) => {
    const id = newId("inv");
    await database.query(
      `INSERT INTO invitations (id, email, invited_by, expires_at, ${place})
       VALUES ($1, 'new@example.com', $2, now() + interval '7 days', ${values.map((_, i) => `$${i + 3}`).join(", ")})`,
      [toUuid(id), toUuid(inviter.id), ...values],
    );
    const payload = { invitation_id: id };
    await tell({ name: "invitation.created", payload });
    return server.received.pop();
  };
  const colleague = await invite("customer_id, customer_role", [
    toUuid(customer.id),
    "billing",
  ]);
  expect(colleague?.to).toEqual(["new@example.com"]);
  expect(colleague?.mail.subject).toBe("Join Acme Bcc: x@y. z at Tollkeeper");
  expect(colleague?.mail.bcc).toBeUndefined();
  expect(colleague?.mail.text).toContain("as billing");
  expect(colleague?.mail.text).not.toContain("https://evil");
  expect(colleague?.mail.text).toMatch(/\/invitation\?token=iv_\w{38}/);
  const staff = await invite("staff_role", ["support"]);
  expect(staff?.mail.subject).toBe("Join the team of Tollkeeper");
});

test("every mail has a text part that says what the HTML says", async () => {
  const { id } = await person({ language: "de-CH" });
  const payload = { user_id: id };
  const device = {
    ip: "192.0.2.7",
    user_agent: "Mozilla/5.0 (X11; Linux) Firefox/140.0",
  };
  await tell({ name: "user.verification_requested", payload });
  await tell({ name: "password.changed", payload });
  await tell({ name: "two_factor.enabled", payload });
  await tell({ name: "two_factor.disabled", payload });
  await tell({ name: "recovery_code.used", payload: { ...payload, left: 1 } });
  await tell({
    name: "session.opened",
    payload: {
      ...payload,
      ...device,
      session_id: "ses_x",
      is_new_device: true,
    },
  });
  await tell({
    name: "session.opened",
    payload: {
      ...payload,
      ...device,
      session_id: "ses_x",
      is_new_device: false,
    },
  });
  expect(server.received.map(({ mail }) => mail.subject)).toEqual([
    "Confirm your email address",
    "Your password was changed",
    "Two-factor sign-in is on",
    "Two-factor sign-in is off",
    "A recovery code was used",
    "New sign-in to your account",
  ]);
  for (const { mail, raw } of server.received) {
    expect(raw).toMatch(/content-type: multipart\/alternative/i);
    expect(mail.text).toContain(mail.subject);
    expect(mail.html).toContain(mail.subject);
    expect(mail.text).not.toMatch(/[<>]/);
  }
  const signIn = server.received.at(-1)?.mail.text;
  expect(signIn).toContain("192.0.2.7");
  expect(signIn).toContain("Firefox on Linux");
});

test("what somebody calls themselves is text in a mail, and no header of it", async () => {
  await updateSettings(ctx, {
    company: { name: "Acme & <b>Co</b>", support_email: null, url: null },
  });
  const { id } = await person();
  await tell({ name: "user.registered", payload: { user_id: id } });
  const { mail, raw } = only();
  expect(mail.from?.name).toBe("Acme & <b>Co</b>");
  expect(mail.html).not.toContain("<b>");
  expect(raw).not.toMatch(/^bcc:/im);
});

test("nothing is sent of what is rolled back", async () => {
  const { id } = await person();
  const payload = { user_id: id };
  await expect(
    transaction(ctx, async (tx) => {
      await emit(tx, { name: "user.registered", payload });
      throw new Error("the write failed");
    }),
  ).rejects.toThrow("the write failed");
  await runJobs(database);
  expect(server.attempts).toBe(0);
});

test("an event that is delivered twice makes one mail", async () => {
  const { id } = await person();
  const event = { id: newId("req") };
  const listener = notificationsJobs.listeners?.find(
    ({ on }) => on === "user.registered",
  );
  const deliverIt = () =>
    transaction(ctx, async (tx) => listener?.run(tx, { user_id: id }, event));
  await deliverIt();
  await deliverIt(); // before the mail is sent
  await runJobs(database);
  await deliverIt(); // and after
  await runJobs(database);
  expect(server.attempts).toBe(1);
  expect(server.received).toHaveLength(1);
});

test("a server that says later is asked again, one that says never is not", async () => {
  const { id, email } = await person();
  const status = async () =>
    (
      await database.query(
        "SELECT status, error, html FROM mails WHERE recipient = $1",
        [email],
      )
    )[0];
  server.nextRefusals.push(451);
  const payload = { user_id: id };
  const told = tell({ name: "user.registered", payload });
  await expect(told).rejects.toThrow(/451/);
  expect(await status()).toMatchObject({ status: "failed" });
  await runJobs(database);
  expect(await status()).toEqual({ status: "sent", error: null, html: null });
  expect(server.received).toHaveLength(1);
  server.nextRefusals.push(550);
  await tell({ name: "user.verification_requested", payload });
  expect(server.attempts).toBe(3);
  expect(server.received).toHaveLength(1);
});
