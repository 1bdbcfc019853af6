import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sealAudit, verifyAudit } from "@/modules/audit";
import { backUp, restore } from "@/modules/backups";
import { getCustomer } from "@/modules/customers";
import { signIn } from "@/modules/identity";
import {
  closeAccount,
  eraseCustomer,
  getErasure,
  listErasures,
  replayErasures,
} from "@/modules/privacy";
import { env } from "@/platform/env";
import { readRegister, registerFile } from "@/platform/erasure-register";
import { asOwner } from "../support/closing";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { whereIs } from "../support/where-is";
import { world, type World } from "../support/world";
import { openInvoice } from "./payments-fixture";

// A backup from before an erasure has the person still. What is restored from it must not.

const database = useDatabase();
jest.setTimeout(120_000);

const password = "correct horse battery";

let w: World;
let folder: string;
beforeAll(async () => {
  w = await world();
  folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-register-"));
  env().BACKUP_DIR = folder;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fileOf = (name: string) => path.join(folder, name);

async function canaries(word: string) {
  const email = `${word}@example.com`;
  const { id } = await w.customer({
    ...{ email, password, full_name: `${word} King`, metadata: { word } },
  });
  return { id, email };
}

test("who was erased after a backup does not come back with it", async () => {
  const gone = await canaries("canaryada");
  const stays = await canaries("canarygrace");
  await runJobs(database);
  await sealAudit(w.ctx, { all: true });
  const file = fileOf("before.backup.gz");
  await backUp(w.ctx, file);
  await eraseCustomer(w.ctx, gone.id, { confirm: gone.email });
  await runJobs(database);
  expect(await whereIs(database, "canaryada")).toEqual([]);
  const register = await readRegister(registerFile() ?? "");
  const done = await listErasures(w.ctx);
  expect(done.map(({ customer_id }) => customer_id)).toEqual([gone.id]);
  expect(register.map(({ customer_id }) => customer_id)).toEqual([gone.id]);
  // It says whom by an id alone.
  expect(await readFile(registerFile() ?? "", "utf8")).not.toContain("canary");

  await restore(w.ctx, file, { overwrite: true });
  expect((await whereIs(database, "canaryada")).length).toBeGreaterThan(5);
  expect(await signIn(w.ctx, { email: gone.email, password })).not.toBeNull();
  expect(await replayErasures(w.ctx, register)).toEqual({
    erased: 1,
    waiting: [],
  });
  expect(await whereIs(database, "canaryada")).toEqual([]);
  expect(await signIn(w.ctx, { email: gone.email, password })).toBeNull();
  expect((await getCustomer(w.ctx, gone.id)).erased_at).not.toBeNull();
  const other = await getCustomer(w.ctx, stays.id);
  expect([other.email, other.status]).toEqual([stays.email, "active"]);
  await sealAudit(w.ctx, { all: true });
  expect((await verifyAudit(w.ctx)).findings).toEqual([]);
  // Done again, as after a restore that was killed, it does nothing.
  expect(await replayErasures(w.ctx, register)).toEqual({
    erased: 0,
    waiting: [],
  });
});

test("what was owed at the time of the backup does not bring anybody back", async () => {
  const gone = await canaries("canarymary");
  const invoice = await openInvoice(w.ctx, gone.id, 4_200);
  const file = fileOf("owed.backup.gz");
  await backUp(w.ctx, file);
  const line = { customer_id: gone.id, erased_at: new Date().toISOString() };
  await restore(w.ctx, file, { overwrite: true });
  expect(await replayErasures(w.ctx, [line])).toMatchObject({ erased: 1 });
  const [row] = await database.query(
    "SELECT count(*)::int AS n FROM invoices WHERE status = 'open'",
  );
  expect([row, invoice !== ""]).toEqual([{ n: 1 }, true]);
  const left = await whereIs(database, "canarymary");
  // The invoice stays as it was issued.
  expect(left.filter((place) => !place.startsWith("invoices."))).toEqual([]);
});

test("an account that was closing at the time of the backup is erased once", async () => {
  const gone = await canaries("canaryemmy");
  await closeAccount(asOwner(w.ctx, gone.id), { confirm: gone.email });
  const file = fileOf("closing.backup.gz");
  await backUp(w.ctx, file);
  await restore(w.ctx, file, { overwrite: true });
  const line = { customer_id: gone.id, erased_at: new Date().toISOString() };
  expect(await replayErasures(w.ctx, [line])).toMatchObject({ erased: 1 });
  await runJobs(database);
  const { erasure } = await getErasure(w.ctx, gone.id);
  expect(erasure?.status).toBe("done");
  expect(await whereIs(database, "canaryemmy")).toEqual([]);
});
