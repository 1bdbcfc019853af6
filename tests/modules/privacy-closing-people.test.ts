import { removeCustomer } from "@/modules/customers";
import { closeAccount, eraseCustomer, keepAccount } from "@/modules/privacy";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { closings } from "./closing-fixture";

// Who may close an account, who is told of it, and what staff do meanwhile.

const database = useDatabase();
jest.setTimeout(60_000);

let w: World;
beforeAll(async () => {
  w = await world();
  await w.staff({ email: "boss@example.com", password: "a long word indeed" });
});

const confirm = "Test Customer";
const { account, statusOf, cameDue } = closings(() => w, database);

test("owners are mailed when, and how to take it back; staff are told; both again when it is kept", async () => {
  const { id, owner } = await account({
    company_name: "Analytical Engines",
    email: "lady@analytical.example",
    password: "correct horse battery",
  });
  await w.person("member", id);
  const sent = () =>
    database.query(
      "SELECT recipient, subject FROM mails WHERE subject LIKE '%Analytical Engines%' ORDER BY recipient, subject",
    );
  await closeAccount(owner, { confirm: "analytical engines" });
  await runJobs(database);
  const closes = await sent();
  expect(closes).toEqual([
    {
      recipient: "boss@example.com",
      subject: expect.stringMatching(
        /^Analytical Engines closes its account on \d{4}-/,
      ),
    },
    {
      recipient: "lady@analytical.example",
      subject: expect.stringMatching(
        /^The account of Analytical Engines closes on .*\(UTC\)$/,
      ),
    },
  ]);
  const [mail] = await database.query<{ text: string }>(
    "SELECT text FROM mails WHERE recipient = 'lady@analytical.example' AND subject LIKE 'The account%'",
  );
  expect(mail?.text.replace(/\s+/g, " ")).toMatch(
    /Olga Owner asked to close it.*choose “Keep account”/,
  );
  await keepAccount(owner);
  await runJobs(database);
  expect((await sent()).map((row) => row["subject"])).toContain(
    "The account of Analytical Engines is kept",
  );
  const notices = await database.query(
    "SELECT event, count(*)::int AS n FROM notifications WHERE event IN ('customer.closing', 'customer.kept', 'account.closing', 'account.kept') AND params->>'customer' = 'Analytical Engines' GROUP BY event ORDER BY event",
  );
  expect(notices).toEqual([
    { event: "account.closing", n: 1 },
    { event: "account.kept", n: 1 },
    { event: "customer.closing", n: 1 },
    { event: "customer.kept", n: 1 },
  ]);
});

test("only owners may, by the right name, of their own account", async () => {
  const { id } = await account();
  const send = async (cookie: string, body: object) =>
    callRoute("privacy.close", {
      headers: { cookie, origin: w.origin },
      body,
    });
  for (const role of ["billing", "member"] as const) {
    const { cookie } = await w.person(role, id);
    const refused = await send(cookie, { confirm });
    expect([refused.status, refused.body.details]).toEqual([
      403,
      { permission: "account:close" },
    ]);
  }
  const { cookie } = await w.person("owner", id);
  expect((await send(cookie, { confirm: "Somebody Else" })).status).toBe(400);
  expect((await send(cookie, { confirm })).status).toBe(200);
  expect(await statusOf(id)).toBe("scheduled");
  const other = await w.person("owner");
  const kept = await callRoute("privacy.keep", {
    headers: { cookie: other.cookie, origin: w.origin },
  });
  expect([kept.status, await statusOf(id)]).toEqual([200, "scheduled"]);
});

test("it can be taken back although the seller has switched closing off since", async () => {
  const { id, owner } = await account();
  await closeAccount(owner, { confirm });
  const { actor } = owner;
  if (actor.kind !== "customer") throw new Error("An owner is expected");
  const off = new Set(["close"] as const);
  const without = {
    ...owner,
    actor: { ...actor, selfService: { off, contact: "us" } },
  };
  await expect(closeAccount(without, { confirm })).rejects.toMatchObject({
    details: { capability: "close" },
  });
  await keepAccount(without);
  expect(await statusOf(id)).toBe("canceled");
});

test("staff who erase it meanwhile need not wait, and who delete it leave nothing due", async () => {
  const one = await account();
  await closeAccount(one.owner, { confirm });
  await eraseCustomer(w.ctx, one.id, { confirm });
  await runJobs(database);
  expect(await statusOf(one.id)).toBe("done");
  const two = await account();
  await closeAccount(two.owner, { confirm });
  await removeCustomer(w.ctx, two.id, []);
  await cameDue();
  const rows = await database.query(
    "SELECT status FROM erasures WHERE customer_id = $1",
    [toUuid(two.id)],
  );
  expect(rows).toEqual([{ status: "canceled" }]);
});
