import { sealAudit, verifyAudit } from "@/modules/audit";
import { changeCustomer } from "@/modules/customers";
import { eraseCustomer, getErasure } from "@/modules/privacy";
import { reach } from "@/modules/privacy/reach";
import { openTicket } from "@/modules/support";
import { recountUsage } from "@/modules/usage";
import { utcDay } from "@/shared/time";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { whereIs } from "../support/where-is";
import { world, type World } from "../support/world";
import { plantedCustomer } from "./privacy-fixture";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
  await w.staff({
    email: "boss@example.com",
    password: "correct horse battery",
  });
});

/** The columns whose words the law wants kept. */
const legal = Object.entries(reach).flatMap(([table, how]) =>
  (how.legal ?? []).map((column) => `${table}.${column}`),
);

test("what everyone used stays as it was, and a recount mends nothing", async () => {
  const { id, email } = await w.customer();
  const now = new Date();
  const events = Array.from({ length: 50 }, (_, i) => ({
    id: `e${i}`,
    customer_id: id,
    meter: "calls",
    endpoint: `/people/canary-ada-${i % 3}`,
    occurred_at: now.toISOString(),
    properties: { who: "canary-ada" },
  }));
  const sent = await callRoute("usage.ingest", {
    headers: { authorization: `Bearer ${w.everything}` },
    body: events,
  });
  expect(sent.body.accepted).toBe(50);
  const totals = () =>
    database.query("SELECT sum(calls)::int AS calls FROM usage_totals");
  const before = await totals();
  await eraseCustomer(w.ctx, id, { confirm: email });
  await runJobs(database);
  expect(await whereIs(database, "canary-ada")).toEqual([]);
  expect(await totals()).toEqual(before);
  const day = utcDay(now);
  expect(
    await recountUsage(w.ctx, { from: day, to: day, customerId: null }),
  ).toMatchObject({ mended: [] });
}, 60_000);

test("an erasure leaves nobody's words but in the columns that the law wants kept", async () => {
  const { id, word, email, planted } = await plantedCustomer(w, database);
  const other = await plantedCustomer(w, database);
  const kept = await whereIs(database, other.word);
  expect((await whereIs(database, word)).length).toBeGreaterThan(100);
  await sealAudit(w.ctx);
  await eraseCustomer(w.ctx, id, { confirm: email });
  await runJobs(database);
  const { erasure } = await getErasure(w.ctx, id);
  expect(erasure).toMatchObject({ status: "done", waits_for: null });
  const left = await whereIs(database, word);
  expect(left.filter((place) => !legal.includes(place))).toEqual([]);
  for (const column of [
    "invoices.buyer",
    "invoices.number",
    "credit_notes.reason",
    "payments.reference",
  ])
    expect([column, left.includes(column), planted.has(column)]).toEqual([
      column,
      true,
      true,
    ]);
  expect(await whereIs(database, other.word)).toEqual(kept);
}, 300_000);

test("the chain of the audit log verifies after it, and says what was taken out", async () => {
  const { id, email } = await plantedCustomer(w, database);
  await sealAudit(w.ctx);
  const before = await verifyAudit(w.ctx);
  expect(before.findings).toEqual([]);
  await eraseCustomer(w.ctx, id, { confirm: email });
  await runJobs(database);
  await sealAudit(w.ctx);
  const after = await verifyAudit(w.ctx, { head: before.head ?? "" });
  expect(after.findings).toEqual([]);
  expect(after.redacted).toBeGreaterThan(before.redacted);
  const entries = await database.query(
    "SELECT action FROM audit_log WHERE target_id = (SELECT id FROM customers WHERE erased_at IS NOT NULL ORDER BY erased_at DESC LIMIT 1) ORDER BY id",
  );
  expect(entries.map((row) => row["action"])).toEqual(
    expect.arrayContaining([
      "customer.created",
      "customer.erasure_requested",
      "customer.erased",
    ]),
  );
}, 300_000);

test("what is redacted in the log without the app's secret is named, and nothing else may change", async () => {
  const { id } = await w.customer();
  void id;
  await sealAudit(w.ctx);
  const last =
    "(SELECT max(id::text)::uuid FROM audit_log WHERE redacted_mac IS NULL)";
  for (const change of [
    "action = 'key.issued'",
    "actor_name = 'Mallory', redacted_mac = '\\x00'",
    "before = '{}', redacted_mac = '\\x00'",
  ])
    await expect(
      database.query(`UPDATE audit_log SET ${change} WHERE id = ${last}`),
    ).rejects.toThrow(/append only/);
  await database.query(
    `SELECT audit_redact(ARRAY[${last}], ARRAY[NULL::bytea], ARRAY['\\x00'::bytea])`,
  );
  const { findings } = await verifyAudit(w.ctx);
  expect(findings.map(({ kind }) => kind)).toEqual(["edited"]);
});

test("what staff were told of it goes too: notices, mails and jobs", async () => {
  const { id, email } = await w.customer({ full_name: "Canary Bird" });
  await openTicket(w.ctx, {
    customer_id: id,
    subject: "canary-subject",
    body: "canary-body",
    priority: "normal",
    category: "general",
  } as never);
  await runJobs(database);
  expect(await whereIs(database, "canary-subject")).toEqual(
    expect.arrayContaining(["notifications.params", "tickets.subject"]),
  );
  await eraseCustomer(w.ctx, id, { confirm: email });
  await runJobs(database);
  expect(await whereIs(database, "canary-subject")).toEqual([]);
  expect(await whereIs(database, "Canary Bird")).toEqual([]);
}, 60_000);

test("a person who is somebody elsewhere stays there", async () => {
  const one = await w.customer({ password: "a long enough password" });
  const two = await w.customer();
  await database.query(
    "INSERT INTO memberships (user_id, customer_id, role) SELECT m.user_id, $1, 'owner' FROM memberships m JOIN customers c ON c.id = m.customer_id WHERE c.email = $2",
    [
      (
        await database.query<{ id: string }>(
          "SELECT id FROM customers WHERE email = $1",
          [two.email],
        )
      )[0]?.id,
      one.email,
    ],
  );
  await eraseCustomer(w.ctx, one.id, { confirm: one.name });
  await runJobs(database);
  const people = await database.query(
    "SELECT u.email FROM users u JOIN memberships m ON m.user_id = u.id JOIN customers c ON c.id = m.customer_id WHERE c.email = $1",
    [two.email],
  );
  expect(people).toEqual([{ email: one.email }]);
});

test("it is refused with what must end before, and without the right name", async () => {
  const { id, email } = await w.customer();
  const erase = (confirm: string) =>
    callRoute("privacy.erase", {
      params: { customer_id: id },
      body: { confirm },
      headers: { authorization: `Bearer ${w.everything}` },
    });
  expect((await erase("Somebody Else")).status).toBe(400);
  await callRoute("ledger.setBalance", {
    params: { customer_id: id },
    body: { balance: { amount: 500, currency: "USD" }, reason: "Gift" },
    headers: { authorization: `Bearer ${w.everything}` },
  });
  const refused = await erase(email);
  expect(refused.status).toBe(409);
  expect(refused.body.details).toEqual({
    blockers: [{ kind: "balance that is not zero", count: 1 }],
  });
  const [row] = await database.query(
    "SELECT status, erased_at FROM customers WHERE email = $1",
    [email],
  );
  expect(row).toEqual({ status: "active", erased_at: null });
});

test("one that died in the middle goes on, and does nothing twice", async () => {
  const { id, word, email } = await plantedCustomer(w, database);
  await eraseCustomer(w.ctx, id, { confirm: email });
  // As if the process had died when the records were gone, and then before that was noted.
  await database.query(
    "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'died'; END $$",
  );
  await database.query(
    "CREATE TRIGGER die BEFORE UPDATE ON erasures FOR EACH ROW WHEN (NEW.steps_done = 4) EXECUTE FUNCTION die()",
  );
  await expect(runJobs(database)).rejects.toThrow(/died/);
  await database.query("DROP TRIGGER die ON erasures; DROP FUNCTION die()");
  await runJobs(database);
  const left = await whereIs(database, word);
  expect(left.filter((place) => !legal.includes(place))).toEqual([]);
  expect((await getErasure(w.ctx, id)).erasure?.status).toBe("done");
}, 60_000);

test("an erased customer stays as it is", async () => {
  const { id, email } = await w.customer();
  await eraseCustomer(w.ctx, id, { confirm: email });
  await runJobs(database);
  await expect(
    changeCustomer(w.ctx, id, { full_name: "Again" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(
    eraseCustomer(w.ctx, id, { confirm: "Erased customer" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  const { erasure } = await getErasure(w.ctx, id);
  expect(erasure).toMatchObject({
    status: "done",
    steps_done: 5,
    steps_total: 5,
  });
});
