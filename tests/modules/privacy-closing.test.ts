import { getCustomer } from "@/modules/customers";
import {
  cancelErasure,
  closeAccount,
  eraseCustomer,
  getClosing,
  getErasure,
  keepAccount,
} from "@/modules/privacy";
import { updateSettings } from "@/modules/settings";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { closings } from "./closing-fixture";
import { openInvoice } from "./payments-fixture";

// An account that its owner closes: asked, waited for, taken back, begun.

const database = useDatabase();
jest.setTimeout(60_000);

let w: World;
beforeAll(async () => {
  w = await world();
});
afterEach(() => setDays(14));
afterEach(() => database.query("DELETE FROM graphile_worker._private_jobs"));

const confirm = "Test Customer";

const setDays = (wait_days: number) =>
  updateSettings(w.ctx, { closing: { wait_days } });
const { account, statusOf, actionsOf, cameDue } = closings(() => w, database);

test("all goes on until the time has come, and then the account is erased", async () => {
  const { id, owner } = await account({ password: "correct horse battery" });
  const { closing, blockers } = await closeAccount(owner, { confirm });
  expect(blockers).toEqual([]);
  expect(closing).toMatchObject({
    asked_by: "Olga Owner",
    has_begun: false,
    waits_for: null,
  });
  await runJobs(database);
  await cameDue(13);
  expect((await getCustomer(w.ctx, id)).status).toBe("active");
  expect(await statusOf(id)).toBe("scheduled");
  await cameDue(15);
  expect(await statusOf(id)).toBe("done");
  const { erased_at, status, name } = await getCustomer(w.ctx, id);
  expect([erased_at !== null, status, name]).toEqual([
    true,
    "archived",
    "Erased customer",
  ]);
  expect(await actionsOf(id)).toEqual([
    "customer.closing_requested",
    "customer.closing_begun",
    "customer.erased",
  ]);
  const [row] = await database.query(
    "SELECT asked_by_name, asked_by_id FROM erasures WHERE customer_id = $1",
    [toUuid(id)],
  );
  expect(row).toEqual({
    asked_by_name: "one of its people",
    asked_by_id: null,
  });
});

test("a second click changes nothing, and ten at once make one", async () => {
  const { id, owner } = await account();
  const all = await Promise.all(
    Array.from({ length: 10 }, () => closeAccount(owner, { confirm })),
  );
  expect(new Set(all.map(({ closing }) => closing?.due_at)).size).toBe(1);
  expect(await actionsOf(id)).toEqual(["customer.closing_requested"]);
  const kept = await Promise.all(
    Array.from({ length: 10 }, () => keepAccount(owner)),
  );
  expect(kept.map(({ closing }) => closing)).toEqual(Array(10).fill(null));
  expect(await actionsOf(id)).toEqual([
    "customer.closing_requested",
    "customer.closing_canceled",
  ]);
});

test("what was taken back does not come due, and can be asked for again", async () => {
  const { id, owner } = await account();
  await closeAccount(owner, { confirm });
  await keepAccount(owner);
  await cameDue(100);
  expect(await statusOf(id)).toBe("canceled");
  expect((await getCustomer(w.ctx, id)).status).toBe("active");
  await closeAccount(owner, { confirm });
  expect(await statusOf(id)).toBe("scheduled");
  const { erasure } = await cancelErasure(w.ctx, id);
  expect(erasure?.status).toBe("canceled");
  expect((await getClosing(owner)).closing).toBeNull();
});

test("taking it back and its time race: either it is kept whole, or it is erased", async () => {
  const ends = new Set<string>();
  for (let round = 0; round < 8; round += 1) {
    const { id, owner } = await account();
    await closeAccount(owner, { confirm });
    const wait = (ms: number) => new Promise((go) => setTimeout(go, ms));
    const [, kept] = await Promise.all([
      wait(round % 2 ? 0 : 4 * round).then(() => cameDue()),
      wait(round % 2 ? 6 * round : 0).then(() =>
        keepAccount(owner).then(
          () => true,
          (error: { code?: string }) => {
            expect(error.code).toBe("CONFLICT");
            return false;
          },
        ),
      ),
    ]);
    await cameDue();
    const { status, erased_at } = await getCustomer(w.ctx, id);
    const end = await statusOf(id);
    if (end === "canceled")
      expect([kept, status, erased_at]).toEqual([true, "active", null]);
    else expect([end, status]).toEqual(["done", "archived"]);
    ends.add(end ?? "");
  }
  expect([...ends].every((end) => ["canceled", "done"].includes(end))).toBe(
    true,
  );
});

test("once it has begun it cannot be kept, by nobody", async () => {
  await setDays(0);
  const since = new Date();
  const { id, owner } = await account({ password: "correct horse battery" });
  const { closing } = await closeAccount(owner, { confirm });
  expect(closing?.has_begun).toBe(true);
  expect((await getCustomer(w.ctx, id)).status).toBe("archived");
  for (const take of [() => keepAccount(owner), () => cancelErasure(w.ctx, id)])
    await expect(take()).rejects.toMatchObject({
      code: "CONFLICT",
      message: "It is being erased already, so it cannot be kept any more.",
    });
  await runJobs(database);
  expect(await statusOf(id)).toBe("done");
  // Owners are not told how to take back what cannot be.
  const told = await database.query(
    "SELECT n.event FROM notifications n JOIN users u ON u.id = n.user_id WHERE u.staff_role IS NULL AND n.event = 'account.closing' AND n.created_at >= $1",
    [since],
  );
  expect(told).toEqual([]);
});

test("what is owed stands in the way, named as erasing names it, and nothing is written", async () => {
  const { id, owner } = await account();
  await openInvoice(w.ctx, id, 4_200);
  const { blockers } = await getClosing(owner);
  expect(blockers.map(({ kind }) => kind)).toContain("unpaid invoices");
  await expect(closeAccount(owner, { confirm })).rejects.toMatchObject({
    code: "CONFLICT",
    details: { blockers },
  });
  await expect(eraseCustomer(w.ctx, id, { confirm })).rejects.toMatchObject({
    details: { blockers },
  });
  expect(await actionsOf(id)).toEqual([]);
  expect(await statusOf(id)).toBeUndefined();
});

test("what is owed meanwhile makes it wait, staff are told once, and paid, it goes on", async () => {
  const { id, owner } = await account();
  await closeAccount(owner, { confirm });
  const invoice = await openInvoice(w.ctx, id, 4_200);
  await cameDue();
  await cameDue();
  const { erasure } = await getErasure(w.ctx, id);
  expect(erasure).toMatchObject({ status: "scheduled" });
  expect(erasure?.waits_for).toMatch(/1 unpaid invoices/);
  expect((await getCustomer(w.ctx, id)).status).toBe("active");
  expect((await getClosing(owner)).closing?.waits_for).toMatch(/unpaid/);
  const told = await database.query(
    "SELECT id FROM outbox WHERE name = 'erasure.waits' AND payload->>'customer_id' = $1",
    [id],
  );
  expect(told).toHaveLength(1);
  await callRoute("invoices.void", {
    params: { invoice_id: invoice },
    headers: { authorization: `Bearer ${w.everything}` },
  });
  await cameDue();
  expect(await statusOf(id)).toBe("done");
});

test("its days are those of the customer's zone, also when the clocks change", async () => {
  const { owner } = await account({ time_zone: "America/St_Johns" });
  await setDays(14);
  // Noon in St John's on 25 October 2026; a week on, its clocks go back an hour.
  const noon = new Date("2026-10-25T14:30:00.000Z");
  const { closing } = await closeAccount(
    { ...owner, now: () => noon },
    { confirm },
  );
  expect(closing?.due_at).toBe("2026-11-08T15:30:00.000Z");
  const [row] = await database.query(
    "SELECT payload->>'date' AS date FROM outbox WHERE name = 'customer.closing_requested' ORDER BY id DESC LIMIT 1",
  );
  expect(row).toEqual({ date: "2026-11-08 12:00 (America/St_Johns)" });
});
